"""Every problem that dossierbuild can report: code, severity, message and hint, in Dutch and English.

The code is stable. Ranges: D1 structure, D2 citations and references, D3 figures, data and assets, D4 styles and
templates, D5 rendering, D6 verification of outputs, D8 bringing in
books of other systems, D9 Word documents and comments. A word in braces is filled in where the problem is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from string import Formatter
from types import MappingProxyType

from dossierbuild.core.legible import LONGEST

LONGEST_REMARK = 4_000
"""Characters of what someone has said that stands in a message."""


class Severity(Enum):
    """How much a problem weighs; the value is the word that programs read.

    An error stops a build and a check. A warning does too, except for a draft. A note never does: it says what an
    editor may want to know and what is no fault.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Language(Enum):
    """The languages that messages and labels exist in."""

    NL = "nl"
    EN = "en"

    @staticmethod
    def of(tag: str) -> Language:
        """The language for a BCP 47 tag: Dutch for `nl` and its regions, else English."""
        return Language.NL if tag.lower().split("-")[0].split("_")[0] == "nl" else Language.EN


SEVERITY_WORDS = MappingProxyType(
    {
        Language.NL: {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.NOTE: "opmerking"},
        Language.EN: {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code says: its severity, and message and hint in each language.

    `room` is how many characters a value in them may have.
    """

    severity: Severity
    message: MappingProxyType[Language, str]
    hint: MappingProxyType[Language, str]
    room: int = LONGEST

    @property
    def words(self) -> frozenset[str]:
        """The words that a problem of this code has, in whichever of the languages they are said."""
        texts = (*self.message.values(), *self.hint.values())
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


def _entry(severity: Severity, nl: tuple[str, str], en: tuple[str, str]) -> Entry:
    return Entry(
        severity,
        MappingProxyType({Language.NL: nl[0], Language.EN: en[0]}),
        MappingProxyType({Language.NL: nl[1], Language.EN: en[1]}),
    )


def _error(nl: tuple[str, str], en: tuple[str, str]) -> Entry:
    return _entry(Severity.ERROR, nl, en)


def _warning(nl: tuple[str, str], en: tuple[str, str]) -> Entry:
    return _entry(Severity.WARNING, nl, en)


def _remark(nl: tuple[str, str], en: tuple[str, str]) -> Entry:
    """A note that quotes what someone has said, with room for all of it."""
    return replace(_entry(Severity.NOTE, nl, en), room=LONGEST_REMARK)


def _note(nl: tuple[str, str], en: tuple[str, str]) -> Entry:
    return _entry(Severity.NOTE, nl, en)


STRUCTURE = {
    "D101": _error(
        (
            "dit YAML-bestand is vanaf hier niet te lezen",
            "kijk op deze regel en de regel ervoor naar inspringen, haakjes, dubbele punten en aanhalingstekens.",
        ),
        (
            "this YAML file cannot be read from here: {reason}",
            "look at this line and the one before it for indentation, brackets, colons and quotes.",
        ),
    ),
    "D102": _error(
        ("onbekende sleutel '{key}'", "bedoelde u '{nearest}'? Mogelijk zijn hier: {known}."),
        ("unknown key '{key}'", "did you mean '{nearest}'? Possible here: {known}."),
    ),
    "D103": _error(
        ("de sleutel '{key}' ontbreekt", "voeg een regel '{key}: …' toe."),
        ("the key '{key}' is missing", "add a line '{key}: …'."),
    ),
    "D104": _error(
        ("de waarde van '{key}' past niet: {value}", "zo kan het wel: {expected}"),
        ("the value of '{key}' does not fit: {value}", "this is possible: {expected}"),
    ),
    "D105": _error(
        (
            "er zijn geen hoofdstukken: '{pattern}' levert geen bestand op",
            "zet minstens één hoofdstuk neer, bijvoorbeeld chapters/01-inleiding.md.",
        ),
        (
            "there are no chapters: '{pattern}' matches no file",
            "add at least one chapter, for example chapters/01-introduction.md.",
        ),
    ),
    "D106": _error(
        ("dit bestand heeft geen tekst", "schrijf de tekst, of haal het bestand weg."),
        ("this file has no text", "write the text, or take the file away."),
    ),
    "D107": _error(
        (
            "dit bestand is geen UTF-8: byte {byte} op positie {offset}",
            "sla het bestand op met tekencodering UTF-8 (in Kladblok en Word: 'Opslaan als', codering UTF-8).",
        ),
        (
            "this file is not UTF-8: byte {byte} at position {offset}",
            "save the file with the encoding UTF-8 (in Notepad and Word: 'Save as', encoding UTF-8).",
        ),
    ),
    "D108": _error(
        (
            "{language}-code mag niet in de tekst: {excerpt}",
            "gebruik Markdown, bijvoorbeeld **vet**, *cursief* of een blok met :::. Een los < schrijft u als \\<.",
        ),
        (
            "{language} code may not stand in the text: {excerpt}",
            "use Markdown, for example **bold**, *italic* or a block with :::. Write a lone < as \\<.",
        ),
    ),
    "D109": _error(
        (
            "de sleutel '{key}' mag niet boven een tekst",
            "mogelijk zijn: {known}.",
        ),
        (
            "the key '{key}' may not stand in the front matter of a text",
            "possible are: {known}.",
        ),
    ),
    "D110": _warning(
        (
            "kop van niveau {level} volgt op niveau {previous}: er is een niveau overgeslagen",
            "schrijf hier '{marks}' voor de kop, of voeg de tussenliggende kop toe.",
        ),
        (
            "heading of level {level} follows level {previous}: a level was skipped",
            "write '{marks}' before this heading, or add the heading in between.",
        ),
    ),
    "D111": _error(
        ("de id '{id}' is al gebruikt", "geef een van beide een andere id"),
        ("the id '{id}' is in use already", "give one of the two another id"),
    ),
    "D112": _error(
        (
            "verwijzing naar '{id}', maar die id bestaat niet",
            "bedoelde u '{nearest}'? Een id staat tussen accolades achter een kop, figuur, tabel of blok: {{#naam}}.",
        ),
        (
            "reference to '{id}', but that id does not exist",
            "did you mean '{nearest}'? An id stands in braces behind a heading, figure, table or block: {{#name}}.",
        ),
    ),
    "D113": _error(
        (
            "hoofdstuk '{id}' heeft geen kernpunten",
            "zet in dat hoofdstuk minstens één blok '::: {{.key-point}}'.",
        ),
        ("chapter '{id}' has no key points", "add at least one block '::: {{.key-point}}' to that chapter."),
    ),
    "D114": _error(
        ("het bestand begint niet met een kop van niveau 1", "schrijf als eerste regel: # Titel {{#id}}"),
        ("the file does not begin with a level 1 heading", "write as its first line: # Title {{#id}}"),
    ),
    "D115": _error(
        (
            "deze uitzondering op {accepted} is niet nodig: er is geen {accepted} bij '{at}'",
            "haal de regel weg uit 'ignore'.",
        ),
        (
            "this exception to {accepted} is not needed: there is no {accepted} at '{at}'",
            "take the line out of 'ignore'.",
        ),
    ),
    "D116": _error(
        (
            "'{path}' ligt buiten het dossier",
            "zet het bestand in de map van het dossier en verwijs daarheen.",
        ),
        ("'{path}' lies outside the dossier", "put the file in the dossier's folder and point there."),
    ),
    "D117": _error(
        (
            "het bestand '{path}' is er niet",
            "bedoelde u '{nearest}'? Zet het bestand in de map van het dossier, of verbeter de naam.",
        ),
        (
            "the file '{path}' does not exist",
            "did you mean '{nearest}'? Put the file in the dossier's folder, or mend the name.",
        ),
    ),
    "D118": _error(
        ("onbekend blok '{kind}'", "bedoelde u '{nearest}'? Mogelijk zijn: {known}."),
        ("unknown block '{kind}'", "did you mean '{nearest}'? Possible are: {known}."),
    ),
    "D119": _error(
        (
            "dit is te groot: {size}",
            "de grens is {limit}. Haal weg wat niet nodig is, of verdeel het over meer bestanden.",
        ),
        (
            "this is too large: {size}",
            "the limit is {limit}. Take out what is not needed, or divide it over several files.",
        ),
    ),
    "D120": _error(
        (
            "deze koppeling is niet toegestaan: {target}",
            "gebruik een adres dat begint met https://, mailto: of # voor een plaats in het dossier, of een gegevensbestand "
            "zoals data/leden.csv.",
        ),
        (
            "this link is not allowed: {target}",
            "use an address that begins with https://, mailto: or # for a place in the dossier, or a data file such as "
            "data/leden.csv.",
        ),
    ),
    "D121": _error(
        ("een ander bestand invoegen kan niet: {excerpt}", "zet de tekst zelf in dit bestand."),
        ("another file cannot be included: {excerpt}", "put the text itself in this file."),
    ),
    "D122": _error(
        ("onbekend soort paneel '{kind}'", "bedoelde u '{nearest}'? Mogelijk zijn: {known}."),
        ("unknown kind of panel '{kind}'", "did you mean '{nearest}'? Possible are: {known}."),
    ),
    "D123": _error(
        ("de publicatie '{id}' staat er twee keer", "geef elke publicatie een eigen id."),
        ("the publication '{id}' stands there twice", "give each publication an id of its own."),
    ),
    "D124": _warning(
        (
            "dit hoofdstuk is nog niet af (status: draft)",
            "zet 'status: final' als het klaar is, of bouw met --draft.",
        ),
        (
            "this chapter is unfinished (status: draft)",
            "set 'status: final' when it is done, or build with --draft.",
        ),
    ),
    "D125": _error(
        ("de koppeling naar {target} heeft geen tekst", "schrijf tussen [ en ] waar de koppeling heen gaat."),
        ("the link to {target} has no text", "write between [ and ] where the link leads."),
    ),
    "D126": _error(
        (
            "de id '{id}' kan niet",
            "kies bijvoorbeeld '{nearest}': een letter, dan letters, cijfers en streepjes, en geen naam die "
            "dossierbuild zelf gebruikt (zoals refs, fn-1, panel-a).",
        ),
        (
            "the id '{id}' is not possible",
            "choose for example '{nearest}': a letter, then letters, digits and hyphens, and no name that "
            "dossierbuild uses itself (such as refs, fn-1, panel-a).",
        ),
    ),
    "D127": _error(
        ("'{name}' is hier geen toegestaan kenmerk", "mogelijk zijn: {known}."),
        ("'{name}' is not an allowed attribute here", "possible are: {known}."),
    ),
    "D128": _error(
        (
            "er is geen dossier in '{path}': dossier.yaml ontbreekt",
            "bedoelde u '{nearest}'? Noem een map met een dossier.yaml, of begin met 'dossierbuild new MAP'.",
        ),
        (
            "there is no dossier in '{path}': dossier.yaml is missing",
            "did you mean '{nearest}'? Name a folder with a dossier.yaml, or begin with 'dossierbuild new FOLDER'.",
        ),
    ),
    "D135": _error(
        (
            "een dubbele punt in een tekst zonder aanhalingstekens",
            'zet de hele tekst tussen aanhalingstekens: title: "Samen: een pleidooi".',
        ),
        ("a colon in a text without quotes", 'put the whole text in quotes: title: "Together: a plea".'),
    ),
    "D136": _error(
        ("een tab aan het begin van een regel", "spring in met spaties, twee voor elke trede."),
        ("a tab at the beginning of a line", "indent with spaces, two for each step."),
    ),
    "D137": _error(
        ("een onzichtbaar teken dat hier niet kan: {reason}", "haal het teken weg; typ de regel zo nodig opnieuw."),
        ("an invisible character that cannot stand here: {reason}", "take it out; type the line anew if need be."),
    ),
    "D131": _error(
        (
            "ankers, verwijzingen en labels (&, *, !) kunnen hier niet: {reason}",
            "schrijf de waarde voluit; zet een tekst met &, * of ! tussen aanhalingstekens.",
        ),
        (
            "anchors, aliases and tags (&, *, !) cannot be used here: {reason}",
            "write the value in full; put a text with &, * or ! in quotes.",
        ),
    ),
    "D132": _error(
        ("de sleutel '{reason}' staat er twee keer", "haal een van beide weg."),
        ("the key '{reason}' stands there twice", "take one of the two out."),
    ),
    "D133": _error(
        (
            "deze tekst is meer dan één alinea, of bevat een afbeelding",
            "schrijf hier één alinea zonder opsomming, kop of afbeelding.",
        ),
        (
            "this text is more than one paragraph, or holds a picture",
            "write one paragraph here, without a list, heading or picture.",
        ),
    ),
    "D149": _error(
        (
            "'{path}' kan niet worden geschreven: {reason}",
            "kijk of de map er is en beschreven mag worden, of het bestand elders open staat, en of er ruimte op de "
            "schijf is.",
        ),
        (
            "'{path}' cannot be written: {reason}",
            "see whether the folder is there and may be written to, whether the file is open elsewhere, and whether "
            "there is room on the disk.",
        ),
    ),
    "D134": _error(
        ("de map '{path}' is niet leeg", "kies een map die nog niet bestaat."),
        ("the folder '{path}' is not empty", "choose a folder that does not exist yet."),
    ),
    "D130": _error(
        ("de waarde van '{key}' moet tekst zijn: {value}", "zet de waarde tussen aanhalingstekens."),
        ("the value of '{key}' must be text: {value}", "put the value in quotes."),
    ),
    "D129": _error(
        ("het blok dat hier begint is niet gesloten", "sluit het blok af met een regel ':::'."),
        ("the block that begins here is not closed", "close the block with a line ':::'."),
    ),
    "D138": _error(
        (
            "hier staat te veel in elkaar: meer dan {limit} lagen",
            "kijk of er haakjes te veel staan, of begin een nieuwe regel.",
        ),
        (
            "too much stands inside something else here: more than {limit} levels",
            "see whether there are too many brackets, or begin a new line.",
        ),
    ),
    "D139": _error(
        (
            "deze ':::' begint of sluit geen blok",
            "begin een blok met ::: {{.practice}} op een eigen regel, met een lege regel ervoor, en sluit het met ':::'; "
            "haal een ':::' te veel weg.",
        ),
        (
            "this ':::' begins or closes no block",
            "begin a block with ::: {{.practice}} on a line of its own, with an empty line before it, and close it "
            "with ':::'; take out a ':::' too many.",
        ),
    ),
    "D140": _error(
        (
            "de noot '{note}' heeft geen tekst",
            "schrijf onder de alinea een regel '{note}: tekst van de noot', of verbeter het nummer.",
        ),
        (
            "the note '{note}' has no text",
            "write a line '{note}: text of the note' below the paragraph, or mend the number.",
        ),
    ),
    "D141": _error(
        ("'{name}' is al eerder beschreven", "geef een van beide een andere naam, in de tekst en hier."),
        ("'{name}' was described before", "give one of the two another name, in the text and here."),
    ),
    "D146": _error(
        (
            "de kop '{text}' staat in een lijst, aanhaling, tabel of noot",
            "zet de kop erbuiten, of maak de woorden vet: **{text}**",
        ),
        (
            "the heading '{text}' stands in a list, quotation, table or note",
            "put the heading outside it, or make the words bold: **{text}**",
        ),
    ),
    "D145": _error(
        ("er is geen publicatie '{id}'", "bedoelde u '{nearest}'? Mogelijk zijn: {known}."),
        ("there is no publication '{id}'", "did you mean '{nearest}'? Possible are: {known}."),
    ),
    "D142": _warning(
        ("de noot '{note}' wordt nergens genoemd", "zet {note} in de tekst waar de noot hoort, of haal de noot weg."),
        ("the note '{note}' is called nowhere", "put {note} in the text where the note belongs, or take the note out."),
    ),
    "D143": _warning(
        (
            "de tekst van deze koppeling zegt niet waar zij heen leidt: '{text}'",
            "noem wat daar te vinden is, bijvoorbeeld [het jaarverslag van 2023](https://…); wie de koppelingen los "
            "hoort, weet het dan ook.",
        ),
        (
            "the text of this link does not say where it leads: '{text}'",
            "name what is found there, for example [the annual report of 2023](https://…); then those who hear the "
            "links by themselves know too.",
        ),
    ),
    "D144": _warning(
        (
            "deze passage lijkt in een andere taal te staan ({language}): {text}",
            "zet haar in [ en ]{{lang={language}}}, of lang={language} bij het blok; is de hele tekst zo, zet dan boven de tekst "
            "lang: {language}. Dan leest voorleessoftware haar goed voor.",
        ),
        (
            "this passage seems to be in another language ({language}): {text}",
            "put it in [ and ]{{lang={language}}}, or lang={language} with the block; if all of the text is, put lang: {language} "
            "in its front matter. Then it is read aloud well.",
        ),
    ),
    "D150": _error(
        (
            "de ORCID van {name} kan niet kloppen: {orcid}",
            "neem haar over van orcid.org: zestien tekens als 0000-0002-1825-0097, waarvan het laatste een "
            "controlecijfer is.",
        ),
        (
            "the ORCID of {name} cannot be right: {orcid}",
            "copy it from orcid.org: sixteen signs such as 0000-0002-1825-0097, of which the last is a check digit.",
        ),
    ),
    "D151": _error(
        (
            "een richtingsteken dat alleen staat: {reason}",
            "haal het weg, of zet er in dezelfde alinea zijn wederhelft bij. Arabisch en Hebreeuws lopen ook zonder "
            "zulke tekens van rechts naar links.",
        ),
        (
            "a mark of direction that stands alone: {reason}",
            "take it out, or put its other half into the same paragraph. Arabic and Hebrew run from right to left "
            "without such marks as well.",
        ),
    ),
    "D152": _error(
        (
            "geen lettertype van dit dossier heeft alle tekens van '{word}': {names}",
            "zet een lettertype dat ze heeft in styles/fonts en noem het onder fonts in styles/theme.yaml, of schrijf "
            "het in gewone letters.",
        ),
        (
            "no font of this dossier has all characters of '{word}': {names}",
            "put a font that has them into styles/fonts and name it under fonts in styles/theme.yaml, or write it in "
            "ordinary letters.",
        ),
    ),
    "D153": _warning(
        (
            "hier is een teken verloren gegaan: er staat � in '{word}'",
            "typ het teken dat er hoort; het bestand is eerder in een verkeerde tekencodering geopend of bewaard.",
        ),
        (
            "a character was lost here: there is � in '{word}'",
            "type the character that belongs there; the file was once opened or saved in a wrong encoding.",
        ),
    ),
    "D161": _warning(
        (
            "deze regel wordt geen punt van een opsomming: {text}",
            "schrijf '{written}', met een lege regel voor het eerste punt. '{command}' doet het voor u.",
        ),
        (
            "this line does not become an item of a list: {text}",
            "write '{written}', with an empty line before the first item. '{command}' does it for you.",
        ),
    ),
    "D162": _warning(
        (
            "deze regel wordt geen punt van een genummerde lijst: {text}",
            "schrijf '{written}', met een lege regel voor het eerste punt. '{command}' doet het voor u.",
        ),
        (
            "this line does not become an item of a numbered list: {text}",
            "write '{written}', with an empty line before the first item. '{command}' does it for you.",
        ),
    ),
    "D163": _warning(
        (
            "dit lijkt een tabel, maar wordt gewone tekst: {text}",
            "schrijf elke rij als '{written}', met onder de eerste rij een regel |---|---|. '{command}' doet het voor u.",
        ),
        (
            "this looks like a table, but becomes running text: {text}",
            "write each row as '{written}', with a line |---|---| below the first. '{command}' does it for you.",
        ),
    ),
    "D164": _warning(
        (
            "dit wordt geen kop: {text}",
            "schrijf '{written}', met een spatie achter de hekjes en een lege regel ervoor. '{command}' doet het voor u.",
        ),
        (
            "this does not become a heading: {text}",
            "write '{written}', with a space behind the signs and an empty line before it. '{command}' does it for you.",
        ),
    ),
    "D165": _warning(
        (
            "deze vette regel lijkt een kop, maar is er geen: {text}",
            "schrijf '{written}', met zoveel hekjes als het niveau vraagt; is het geen kop, zet de woorden dan in een "
            "alinea. '{command}' doet het voor u.",
        ),
        (
            "this line in bold looks like a heading, and is none: {text}",
            "write '{written}', with as many signs as its level asks for; if it is no heading, put the words in a "
            "paragraph. '{command}' does it for you.",
        ),
    ),
    "D166": _warning(
        (
            "dit wordt geen id, maar tekst: {text}",
            "schrijf '{written}'. '{command}' doet het voor u.",
        ),
        (
            "this does not become an id but text: {text}",
            "write '{written}'. '{command}' does it for you.",
        ),
    ),
    "D167": _warning(
        (
            "dit lijkt het nummer van een noot, maar wordt er geen: {text}",
            "schrijf '{written}' in de tekst, en onder de alinea een regel die begint met hetzelfde en een dubbele punt. "
            "'{command}' doet het voor u.",
        ),
        (
            "this looks like the number of a note, and does not become one: {text}",
            "write '{written}' in the text, and below the paragraph a line that begins with the same and a colon. "
            "'{command}' does it for you.",
        ),
    ),
    "D168": _warning(
        (
            "een getypt nummer, dat niet meeverandert: {text}",
            "schrijf '{written}' als u dit dossier bedoelt; dan klopt het nummer altijd. '{command}' doet het voor u.",
        ),
        (
            "a number that was typed, and does not change along: {text}",
            "write '{written}' if you mean this dossier; then the number is always right. '{command}' does it for you.",
        ),
    ),
    "D169": _warning(
        (
            "deze bronverwijzing wordt anders gedrukt dan bedoeld: {text}",
            "schrijf '{written}'. '{command}' doet het voor u.",
        ),
        (
            "this citation is printed otherwise than meant: {text}",
            "write '{written}'. '{command}' does it for you.",
        ),
    ),
    "D170": _warning(
        (
            "deze alinea is ingesprongen, en wordt code of een deel van de lijst ervoor: {text}",
            "begin haar vooraan op de regel. Hoort zij bij een lijst, spring dan in met spaties in plaats van een tab. "
            "Moet het code zijn, zet er dan regels ``` omheen. Bedoeld is: {written} '{command}' doet het voor u.",
        ),
        (
            "this paragraph is indented, and becomes code or a part of the list before it: {text}",
            "begin it at the start of the line. If it belongs to a list, indent it with spaces in place of a tab. "
            "If it should be code, put lines ``` around it. Meant is: {written} '{command}' does it for you.",
        ),
    ),
    "D171": _warning(
        (
            "dit heeft Word of een pdf achtergelaten: {text}",
            "haal het weg, of schrijf wat er had moeten staan, bijvoorbeeld '{written}'. Een verwijzing schrijft u als "
            "[](#id). '{command}' doet het voor u.",
        ),
        (
            "Word or a PDF left this behind: {text}",
            "take it out, or write what should have been there, for example '{written}'. Write a reference as [](#id). "
            "'{command}' does it for you.",
        ),
    ),
    "D172": _warning(
        (
            "dit nummer staat er straks twee keer of klopt niet: {text}",
            "koppen, figuren en tabellen krijgen hun nummer vanzelf. Schrijf alleen: '{written}'. "
            "'{command}' doet het voor u.",
        ),
        (
            "this number will stand there twice or be wrong: {text}",
            "headings, figures and tables get their numbers by themselves. Write only: '{written}'. "
            "'{command}' does it for you.",
        ),
    ),
    "D173": _note(
        (
            "aanhalingstekens of apostrofs van verschillende soort: {count}, hier: {text}",
            "gebruik overal dezelfde: “woord”, ‘woord’ en ’s avonds. '{command}' doet het voor u.",
        ),
        (
            "quotation marks or apostrophes of different kinds: {count}, here: {text}",
            "use the same everywhere: “word”, ‘word’ and it’s. '{command}' does it for you.",
        ),
    ),
    "D174": _note(
        (
            "meer spaties achter elkaar: {count}, de eerste hier",
            "schrijf er één. '{command}' doet het voor u.",
        ),
        (
            "several spaces in a row: {count}, the first one here",
            "write a single one. '{command}' does it for you.",
        ),
    ),
    "D175": _note(
        (
            "onzichtbare afbreektekens of spaties zonder breedte: {count}, de eerste hier ({text})",
            "haal ze weg; woorden worden vanzelf afgebroken. '{command}' doet het voor u.",
        ),
        (
            "invisible hyphens or spaces without width: {count}, the first one here ({text})",
            "take them out; words are hyphenated by themselves. '{command}' does it for you.",
        ),
    ),
    "D176": _note(
        (
            "tekst die in geen publicatie komt: {files}",
            "noem haar in dossier.yaml, zet haar bij de hoofdstukken, of haal haar weg uit de map.",
        ),
        (
            "text that comes into no publication: {files}",
            "name it in dossier.yaml, put it with the chapters, or take it out of the folder.",
        ),
    ),
    "D177": _note(
        (
            "bestanden die niet gelezen worden, en dus in geen publicatie komen: {files}",
            "gelezen wordt hier {known}: sla het zo op. Verander de naam in '{better}'.",
        ),
        (
            "files that are not read, and so come into no publication: {files}",
            "what is read here is {known}: save it as that. Change the name to '{better}'.",
        ),
    ),
    "D178": _note(
        (
            "woorden die aan het eind van een regel zijn afgebroken: {count}, hier: {text}",
            "schrijf het woord aaneen; afbreken gebeurt vanzelf, en nu komt er een spatie in.",
        ),
        (
            "words that are broken at the end of a line: {count}, here: {text}",
            "write the word in one piece; words are hyphenated by themselves, and now a space comes into it.",
        ),
    ),
    "D179": _note(
        (
            "bestanden die geen publicatie gebruikt: {files}",
            "gebruik ze in een tekst, een grafiek of dossier.yaml, of haal ze weg uit de map.",
        ),
        (
            "files that no publication uses: {files}",
            "use them in a text, a chart or dossier.yaml, or take them out of the folder.",
        ),
    ),
    "D180": _error(
        (
            "deze dossiers komen in dezelfde map, '{path}', en zouden elkaar overschrijven: {dossiers}",
            "geef elk dossier een eigen `slug:` in dossier.yaml.",
        ),
        (
            "these dossiers come in the same folder, '{path}', and would overwrite each other: {dossiers}",
            "give each dossier a `slug:` of its own in dossier.yaml.",
        ),
    ),
    "D181": _error(
        (
            "in '{path}' staat al een ander dossier, '{title}' (id {other}); dit is '{own}' (id {id})",
            "geef dit dossier een eigen `slug:`. Is het toch hetzelfde, zet dan `id: {other}` in dossier.yaml.",
        ),
        (
            "'{path}' already holds another dossier, '{title}' (id {other}); this is '{own}' (id {id})",
            "give this dossier a `slug:` of its own. If it is the same one, put `id: {other}` in dossier.yaml.",
        ),
    ),
    "D182": _error(
        (
            "'{path}' is niet van dossierbuild en staat op een plek die nodig is",
            "zet het ergens anders neer of haal het weg; dossierbuild vervangt alleen wat het zelf heeft gemaakt.",
        ),
        (
            "'{path}' is not dossierbuild's and stands in a place that is needed",
            "put it elsewhere or take it away; dossierbuild replaces only what it has made itself.",
        ),
    ),
    "D183": _error(
        (
            "'{path}' is een koppeling naar '{target}'; daar schrijft dossierbuild niet doorheen",
            "haal de koppeling weg, of noem met --output de map zelf.",
        ),
        (
            "'{path}' is a link to '{target}'; dossierbuild does not write through it",
            "take the link away, or name the folder itself with --output.",
        ),
    ),
    "D184": _error(
        (
            "'{path}' kan niet worden gelezen: {reason}",
            "kijk of het er nog staat en of u het mag lezen.",
        ),
        (
            "'{path}' cannot be read: {reason}",
            "see whether it is still there and whether you may read it.",
        ),
    ),
    "D192": _warning(
        (
            "dit wordt gelezen als opmaak, en niet gedrukt zoals het er staat: {text}",
            "schrijf '{written}' als het gedrukt moet worden; anders haalt u het weg. '{command}' doet het voor u.",
        ),
        (
            "this is read as markup, and not printed as it stands: {text}",
            "write '{written}' if it should be printed; otherwise take it out. '{command}' does it for you.",
        ),
    ),
    "D193": _warning(
        (
            "dit komt er anders te staan, als '{written}': {text}",
            "een rij heeft hooguit zoveel cellen als de kop van de tabel, en een lijst telt zelf door vanaf haar eerste "
            "nummer. '{command}' doet het voor u.",
        ),
        (
            "this is printed otherwise, as '{written}': {text}",
            "a row has no more cells than the head of its table, and a list counts on by itself from its first number. "
            "'{command}' does it for you.",
        ),
    ),
    "D154": _warning(
        (
            "dit is geen opmaak geworden, en wordt gedrukt zoals het er staat: {text}",
            "schrijf '{written}', zo nodig met een lege regel ervoor, of haal de tekens weg; moeten zij gedrukt worden, zet "
            "er dan een \\ voor. "
            "'{command}' doet het voor u.",
        ),
        (
            "this has become no markup, and is printed as it stands: {text}",
            "write '{written}', with an empty line before it if need be, or take the signs away; if they should be printed, "
            "put a \\ before them. "
            "'{command}' does it for you.",
        ),
    ),
    "D160": _note(
        (
            "dit is ingesprongen, en wordt gedrukt als code: {text}",
            "is het code, zet er dan regels '{written}' omheen; begin anders vooraan op de regel. "
            "'{command}' doet het voor u.",
        ),
        (
            "this is indented, and is printed as code: {text}",
            "if it is code, put lines '{written}' around it; otherwise begin at the start of the line. "
            "'{command}' does it for you.",
        ),
    ),
    "D190": _warning(
        (
            "deze regel wordt een kop, door de streepjes eronder: {text}",
            "schrijf '{written}' als het een kop is; zet anders een lege regel boven de streepjes. "
            "'{command}' doet het voor u.",
        ),
        (
            "this line becomes a heading, by the dashes below it: {text}",
            "write '{written}' if it is one; otherwise put an empty line above the dashes. "
            "'{command}' does it for you.",
        ),
    ),
    "D194": _warning(
        (
            "bijlage '{title}' staat vóór een hoofdstuk ({chapter})",
            "geef het bestand een naam die na die van de hoofdstukken komt, zoals 90-bijlage.md, of zet de bestanden in "
            "dossier.yaml bij 'chapters' op volgorde.",
        ),
        (
            "appendix '{title}' stands before a chapter ({chapter})",
            "give the file a name that comes after those of the chapters, such as 90-appendix.md, or list the files in "
            "order under 'chapters' in dossier.yaml.",
        ),
    ),
    "D195": _note(
        (
            "voorwoord '{title}' staat achter een hoofdstuk ({chapter})",
            "geef het bestand een naam die vóór die van de hoofdstukken komt, zoals 00-voorwoord.md, of zet de bestanden "
            "in dossier.yaml bij 'chapters' op volgorde.",
        ),
        (
            "foreword '{title}' stands behind a chapter ({chapter})",
            "give the file a name that comes before those of the chapters, such as 00-foreword.md, or list the files in "
            "order under 'chapters' in dossier.yaml.",
        ),
    ),
    "D196": _warning(
        (
            "deel '{title}' heeft geen hoofdstukken",
            "de hoofdstukken van een deel staan direct achter de tekst die het deel opent; de volgorde is die van de "
            "bestandsnamen.",
        ),
        (
            "part '{title}' has no chapters",
            "the chapters of a part stand right behind the text that opens it; the order is that of the file names.",
        ),
    ),
    "D197": _note(
        (
            "voor de taal '{tag}' van deze tekst zijn er geen vaste woorden: labels als 'Figuur' komen er in de taal van "
            "het dossier",
            "geef in het dossier een styles/terms.yaml met de woorden in deze taal.",
        ),
        (
            "there are no fixed words for the language '{tag}' of this text: labels such as 'Figure' will be in the "
            "language of the dossier",
            "give the dossier a styles/terms.yaml with the words in this language.",
        ),
    ),
    "D198": _note(
        (
            "'{title}' wordt als hoofdstuk genummerd",
            "zet 'kind: {kind}' boven de tekst, tussen twee regels met ---; is het een gewoon hoofdstuk, dan hoeft u niets "
            "te doen.",
        ),
        (
            "'{title}' is numbered as a chapter",
            "put 'kind: {kind}' above the text, between two lines with ---; if it is a chapter like others, there is "
            "nothing to do.",
        ),
    ),
    "D155": _error(
        (
            "'{tag}' is geen code van een taal",
            "bedoelde u '{nearest}'? Een taal staat er als code (BCP 47): nl, nl-BE, en-GB, fy, de.",
        ),
        (
            "'{tag}' is no code of a language",
            "did you mean '{nearest}'? A language is given as a code (BCP 47): nl, nl-BE, en-GB, fy, de.",
        ),
    ),
    "D156": _warning(
        (
            "voor de taal '{tag}' zijn er geen vaste woorden: labels als 'Figuur' en 'Inhoud' komen er in het Engels",
            "geef in het dossier een styles/terms.yaml met de woorden in deze taal, of accepteer dit onder 'ignore'.",
        ),
        (
            "there are no fixed words for the language '{tag}': labels such as 'Figure' and 'Contents' will be English",
            "give the dossier a styles/terms.yaml with the words in this language, or accept this under 'ignore'.",
        ),
    ),
    "D157": _note(
        (
            "de taal van bron '{key}' is niet bekend: '{tag}'; haar titel wordt voorgelezen in de taal van het dossier",
            "bedoelde u '{nearest}'? Een taal staat er als code (BCP 47): nl, en, de, fr.",
        ),
        (
            "the language of source '{key}' is not known: '{tag}'; its title is read aloud in the dossier's language",
            "did you mean '{nearest}'? A language is given as a code (BCP 47): nl, en, de, fr.",
        ),
    ),
    "D158": _error(
        (
            "deze kop heeft geen woorden",
            "schrijf de kop, of haal de tekens # weg; een plaatje, een noot of een verwijzing alleen is geen kop.",
        ),
        (
            "this heading has no words",
            "write the heading, or take the signs # out; a picture, a note or a citation alone is no heading.",
        ),
    ),
    "D159": _error(
        (
            "'{key}' heeft geen woorden: '{value}'",
            "schrijf er een naam met letters of cijfers; wie haar hoort, weet dan waar het over gaat.",
        ),
        (
            "'{key}' has no words: '{value}'",
            "write a name with letters or digits; then those who hear it know what it is about.",
        ),
    ),
    "D185": _error(
        (
            "'{publication}' heeft al een lijst van deze soort: {kind}",
            "laat er een staan; woorden in de tekst leiden naar die ene.",
        ),
        (
            "'{publication}' already has a list of this kind: {kind}",
            "keep one; words in the text lead to that one.",
        ),
    ),
    "D186": _warning(
        (
            "deze regel wordt een deel van de rij erboven: {text}",
            "zet een lege regel tussen twee rijen: tussen strepen boven en onder de tabel mag een rij uit meer regels "
            "bestaan. Horen de regels bij elkaar, breek ze dan pas af waar de kolom vol is.",
        ),
        (
            "this line becomes a part of the row above it: {text}",
            "put an empty line between two rows: between dashes above and below the table a row may have several lines. If "
            "the lines belong together, break them only where the column is full.",
        ),
    ),
    "D199": _note(
        (
            "een tweede titel in dit bestand: '{title}' begint een nieuw hoofdstuk",
            "schrijf '##' ervoor als het een tussenkop is. Een eigen bestand voor elk hoofdstuk is overzichtelijker; is het "
            "zo bedoeld, dan hoeft u niets te doen.",
        ),
        (
            "a second title in this file: '{title}' begins a new chapter",
            "write '##' before it if it is a heading within the chapter. A file of its own for each chapter is easier to "
            "survey; if it is meant so, there is nothing to do.",
        ),
    ),
    "D187": _error(
        (
            "het register verwijst met 'zie' naar '{entry}', en dat staat er niet in",
            "bedoelde u '{nearest}'? Zet see= op een woord dat zelf in het register staat.",
        ),
        (
            "the index says 'see' {entry}, which is not in it",
            "did you mean '{nearest}'? Have see= name a word that is in the index itself.",
        ),
    ),
    "D188": _note(
        (
            "{which} komt nog {count} keer voor; dat is hier weggelaten",
            "los op wat er staat en begin opnieuw; wat er dan nog is, wordt weer gemeld.",
        ),
        (
            "there are {count} more of {which}, which are left out here",
            "mend those that are listed and start again; what is left is then told.",
        ),
    ),
    "D189": _error(
        (
            "deze computer laat niet toe wat nodig is: {path}: {reason}",
            "kijk of de map waarin u staat er nog is, of u daar en in de map voor tijdelijke bestanden (TMPDIR) mag schrijven, "
            "en of er ruimte op de schijf is.",
        ),
        (
            "this machine does not allow what is needed: {path}: {reason}",
            "see whether the folder that you are in is still there, whether you may write there and in the folder of temporary "
            "files (TMPDIR), and whether there is room on the disk.",
        ),
    ),
    "D191": _note(
        (
            "deze uitgave is gebouwd met {theirs}; deze computer heeft {ours}",
            "opnieuw bouwen geeft hier pdf-bestanden met andere bytes; neem daarvoor een computer met dezelfde versies.",
        ),
        (
            "this edition was built with {theirs}; this machine has {ours}",
            "to build it again gives PDF files with other bytes here; take a machine with the same versions for that.",
        ),
    ),
}

CITATIONS = {
    "D201": _error(
        (
            "bron '{key}' staat niet in {list}",
            "bedoelde u '{nearest}'? Anders: voeg de bron toe, of schrijf \\@ als het geen bron is.",
        ),
        (
            "source '{key}' is not in {list}",
            "did you mean '{nearest}'? Otherwise: add the source, or write \\@ if it is no source.",
        ),
    ),
    "D202": _error(
        ("bron '{key}' staat er twee keer (hoofdletters tellen niet mee)", "geef een van beide een andere id"),
        ("source '{key}' stands there twice (capitals do not count)", "give one of the two another id"),
    ),
    "D203": _note(
        (
            "in de lijst, maar nergens genoemd: {keys}",
            "dit komt in geen bronnenlijst. Hoort het dat wel, verwijs er dan naar, bijvoorbeeld met [@{key}].",
        ),
        (
            "in the list, but cited nowhere: {keys}",
            "this comes into no reference list. If it should, cite it, for example with [@{key}].",
        ),
    ),
    "D204": _warning(
        (
            "bron '{key}' is onvolledig: het veld '{missing}' is onbekend",
            "vul het aan, of neem het op in 'ignore' met de reden waarom het onbekend blijft.",
        ),
        (
            "source '{key}' is incomplete: the field '{missing}' is unknown",
            "complete it, or accept it in 'ignore' with the reason why it stays unknown.",
        ),
    ),
    "D205": _warning(
        (
            "bron '{key}' mist een veld dat bij dit type hoort: {field}",
            "vul het aan (bij meer namen is één genoeg), of verander het type.",
        ),
        (
            "source '{key}' lacks a field that belongs to its type: {field}",
            "add it (one is enough where several are named), or change the type.",
        ),
    ),
    "D206": _error(
        ("bron '{key}' heeft een onbekend type '{type}'", "bedoelde u '{nearest}'?"),
        ("source '{key}' has an unknown type '{type}'", "did you mean '{nearest}'?"),
    ),
    "D207": _error(
        (
            "de citeerstijl '{style}' is er niet",
            "bedoelde u '{nearest}'? Een eigen stijl noemt u als bestand.csl.",
        ),
        (
            "there is no citation style '{style}'",
            "did you mean '{nearest}'? Name a style of your own as file.csl.",
        ),
    ),
    "D240": _error(
        (
            "deze citeerstijl is niet te gebruiken; de melding is '{reason}'",
            "neem een ongewijzigde stijl van het CSL-project, of noem er een bij naam: style: apa.",
        ),
        (
            "this citation style cannot be used: {reason}",
            "take an unchanged style of the CSL project, or name one: style: apa.",
        ),
    ),
    "D208": _error(
        (
            "de bronnenlijst is vanaf hier niet te lezen: {reason}",
            "kijk of vlak hiervoor een haakje, komma of aanhalingsteken ontbreekt of te veel is.",
        ),
        (
            "the reference list cannot be read from here: {reason}",
            "see whether a bracket, comma or quotation mark just before this is missing or one too many.",
        ),
    ),
    "D209": _error(
        (
            "bron '{key}': '{value}' is geen datum",
            "schrijf een jaar (2021), een maand (2021-03) of een dag (2021-03-05).",
        ),
        (
            "source '{key}': '{value}' is no date",
            "write a year (2021), a month (2021-03) or a day (2021-03-05).",
        ),
    ),
    "D210": _error(
        ("onbekend veld '{field}' bij bron '{key}'", "bedoelde u '{nearest}'?"),
        ("unknown field '{field}' in source '{key}'", "did you mean '{nearest}'?"),
    ),
    "D211": _error(
        (
            "bron '{key}' heeft geen type",
            "voeg 'type: …' toe, bijvoorbeeld book, report, article-journal of webpage.",
        ),
        (
            "source '{key}' has no type",
            "add 'type: …', for example book, report, article-journal or webpage.",
        ),
    ),
    "D212": _error(
        ("deze bron heeft geen id", "voeg 'id: …' toe, bijvoorbeeld de achternaam en het jaar: spierts2000."),
        ("this source has no id", "add 'id: …', for example the family name and the year: spierts2000."),
    ),
    "D213": _error(
        (
            "de id '{key}' is niet te gebruiken in een verwijzing",
            "gebruik letters, cijfers, streepjes en _, zonder spaties: '{nearest}'.",
        ),
        (
            "the id '{key}' cannot be used in a citation",
            "use letters, digits, hyphens and _, without spaces: '{nearest}'.",
        ),
    ),
    "D214": _error(
        (
            "onbekend veld '{field}' bij bron '{key}'",
            "haal het weg, of kijk in de handleiding hoe dit gegeven in CSL heet. Een opmerking mag achter een #.",
        ),
        (
            "unknown field '{field}' in source '{key}'",
            "take it out, or look in the manual what CSL calls it. A remark may stand behind a #.",
        ),
    ),
    "D215": _error(
        ("het veld '{field}' van bron '{key}' moet tekst zijn", 'schrijf: {field}: "…"'),
        ("the field '{field}' of source '{key}' must be text", 'write: {field}: "…"'),
    ),
    "D216": _error(
        (
            "bron '{key}': in '{field}' is '{name}' geen naam",
            "schrijf een persoon als {{family: Jansen, given: A.}} en een organisatie als {{literal: Raad van State}}.",
        ),
        (
            "source '{key}': in '{field}' '{name}' is no name",
            "write a person as {{family: Jansen, given: A.}} and an organisation as {{literal: Raad van State}}.",
        ),
    ),
    "D217": _warning(
        (
            "bron '{key}': het tussenvoegsel '{particle}' stond niet op zijn plaats en is verplaatst",
            "schrijf: family: {family}, non-dropping-particle: {particle}. Hoort het vast bij de achternaam "
            "(zoals bij Vlaamse namen), schrijf dan: non-dropping-particle: ''.",
        ),
        (
            "source '{key}': the particle '{particle}' was not in its place and has been moved",
            "write: family: {family}, non-dropping-particle: {particle}. If it is part of the family name "
            "(as in Flemish names), write: non-dropping-particle: ''.",
        ),
    ),
    "D218": _warning(
        (
            "bron '{key}': '{name}' lijkt een organisatie, maar staat er als voornaam en achternaam",
            "houd de naam heel: {{literal: …}} in YAML en JSON, dubbele accolades in BibTeX, zonder komma in RIS.",
        ),
        (
            "source '{key}': '{name}' looks like an organisation, but is split into first and last name",
            "keep the name whole: {{literal: …}} in YAML and JSON, double braces in BibTeX, without a comma in RIS.",
        ),
    ),
    "D219": _error(
        (
            "'{path}' is geen soort bronnenlijst die wij kennen",
            "gebruik .yaml (CSL-YAML), .json (CSL-JSON), .bib (BibTeX, BibLaTeX) of .ris; een getypte lijst in .txt of .md "
            "wordt met 'dossierbuild references' eerst .yaml.",
        ),
        (
            "'{path}' is no kind of reference list that we know",
            "use .yaml (CSL-YAML), .json (CSL-JSON), .bib (BibTeX, BibLaTeX) or .ris; a typed list in .txt or .md becomes "
            ".yaml with 'dossierbuild references' first.",
        ),
    ),
    "D220": _error(
        (
            "hier wordt de lijst met bronnen verwacht",
            "schrijf 'references:' en daaronder voor elke bron een regel die met '- id: …' begint; in JSON: [{{…}}, {{…}}].",
        ),
        (
            "the list of sources is expected here",
            "write 'references:' and below it, for each source, a line that begins with '- id: …'; in JSON: [{{…}}, {{…}}].",
        ),
    ),
    "D221": _error(
        (
            "hier wordt een bron verwacht",
            "begin met '- id: …' en zet de velden daaronder even ver ingesprongen.",
        ),
        ("a source is expected here", "begin with '- id: …' and put the fields below it, indented as far."),
    ),
    "D222": _warning(
        (
            "bron '{key}' staat hier, maar wordt in het dossier zelf nergens genoemd",
            "noem deze bron ook in een hoofdstuk, of haal de verwijzing hier weg.",
        ),
        (
            "source '{key}' stands here, but is cited nowhere in the dossier itself",
            "cite this source in a chapter too, or take the citation out here.",
        ),
    ),
    "D223": _warning(
        (
            "bron '{key}': '{field}' ({value}) ligt na '{other}' ({limit})",
            "kijk beide datums na; 'date' is de datum van de editie in dossier.yaml.",
        ),
        (
            "source '{key}': '{field}' ({value}) lies after '{other}' ({limit})",
            "look at both dates; 'date' is the date of the edition in dossier.yaml.",
        ),
    ),
    "D224": _warning(
        (
            "bron '{key}': {kind} {number} kan niet kloppen",
            "vergelijk het cijfer voor cijfer met de uitgave zelf.",
        ),
        (
            "source '{key}': {kind} {number} cannot be right",
            "compare it, digit by digit, with the publication itself.",
        ),
    ),
    "D225": _error(
        (
            "bron '{key}': '{doi}' is geen DOI",
            "een DOI begint met 10. en heeft een schuine streep: 10.1000/abc123.",
        ),
        ("source '{key}': '{doi}' is no DOI", "a DOI begins with 10. and has a slash: 10.1000/abc123."),
    ),
    "D226": _error(
        (
            "bron '{key}': '{url}' is geen volledig webadres",
            "kopieer het hele adres uit de browser; het begint met https:// en er staan geen spaties of puntjes in.",
        ),
        (
            "source '{key}': '{url}' is no complete web address",
            "copy the whole address from the browser; it begins with https:// and holds no spaces or ellipses.",
        ),
    ),
    "D227": _warning(
        ("bron '{key}' lijkt hetzelfde werk als '{other}'", "houd één van beide en pas de verwijzingen aan"),
        (
            "source '{key}' looks like the same work as '{other}'",
            "keep one of the two and change the citations",
        ),
    ),
    "D228": _note(
        (
            "bron '{key}': in '{field}' staat '{name}' in plaats van namen",
            "zo komt er 'et al.' te staan. Weet u de namen, noem ze dan alle; de stijl kort ze zelf in waar dat hoort.",
        ),
        (
            "source '{key}': '{field}' says '{name}' instead of names",
            "it is printed as 'et al.'. If you know the names, give them all; the style itself leaves out what it should.",
        ),
    ),
    "D229": _error(
        (
            "in dit bestand staat geen enkele bron",
            "kijk of het een bronnenlijst is van het soort dat de naam belooft.",
        ),
        (
            "there is not one source in this file",
            "see whether it is a reference list of the kind that its name promises.",
        ),
    ),
    "D230": _warning(
        (
            "'{locator}' ligt buiten de pagina's van bron '{key}' ({pages})",
            "kijk het na in het werk zelf: klopt de pagina hier, en kloppen de pagina's in de bronnenlijst?",
        ),
        (
            "'{locator}' lies outside the pages of source '{key}' ({pages})",
            "look it up in the work itself: is the page here right, and are the pages in the reference list?",
        ),
    ),
    "D231": _warning(
        (
            "bij dit citaat staat niet waar het in bron '{key}' te vinden is",
            "zet de bladzijde erbij: [@{key}, p. 12]. Zijn er geen bladzijden, noem dan de alinea of het "
            "hoofdstuk: [@{key}, alinea 4].",
        ),
        (
            "this quotation does not say where in source '{key}' it can be found",
            "add the page: [@{key}, p. 12]. Where there are no pages, name the paragraph or the chapter: "
            "[@{key}, para. 4].",
        ),
    ),
    "D232": _warning(
        (
            "deze bronverwijzing staat er als gewone tekst: {text}",
            "schrijf {written} en niet de namen zelf. Met '{command}' gaat het vanzelf.",
        ),
        (
            "this citation stands here as plain text: {text}",
            "write {written} and not the names themselves. '{command}' does it for you.",
        ),
    ),
    "D233": _warning(
        (
            "deze bronverwijzing staat er als gewone tekst en past bij meer dan één bron: {text}",
            "kies de bron die bedoeld is en schrijf een van deze: {written}",
        ),
        (
            "this citation stands here as plain text and fits more than one source: {text}",
            "choose the source that is meant and write one of these: {written}",
        ),
    ),
    "D234": _warning(
        (
            "dit lijkt een bronverwijzing, maar geen enkele bron past erbij: {text}",
            "zet de bron in {list} en verwijs ernaar met [@…], of neem dit op in 'ignore' met de reden als het geen "
            "bronverwijzing is. Bedoelde u misschien {written}?",
        ),
        (
            "this looks like a citation, but no source fits it: {text}",
            "add the source to {list} and cite it with [@…], or accept this in 'ignore' with the reason if it is no "
            "citation. Did you perhaps mean {written}?",
        ),
    ),
    "D235": _warning(
        (
            "bron '{key}' heet in deze editie anders dan in de vorige: {before} → {now}",
            "kijk of dat de bedoeling is: wie de vorige editie aanhaalt, zoekt onder de oude naam. Is het goed zo, "
            "neem het dan op in 'ignore' met de reden.",
        ),
        (
            "source '{key}' is called otherwise in this edition than in the previous one: {before} → {now}",
            "see whether that is meant: whoever cites the previous edition looks under the old name. If it is, "
            "accept it in 'ignore' with the reason.",
        ),
    ),
    "D236": _error(
        (
            "het manifest van de vorige editie is niet te lezen: {reason}",
            "geef achter --previous het bestand manifest.json op dat bij de vorige editie is gemaakt.",
        ),
        (
            "the manifest of the previous edition cannot be read: {reason}",
            "name behind --previous the file manifest.json that was made with the previous edition.",
        ),
    ),
    "D237": _note(
        (
            "deze bronverwijzing is op deze plaats niet vanzelf om te zetten: {text}",
            "schrijf zelf {written}; zet in een YAML-bestand de hele tekst tussen aanhalingstekens.",
        ),
        (
            "this citation cannot be turned into a key at this place: {text}",
            "write {written} yourself; in a YAML file, put the whole text in quotes.",
        ),
    ),
    "D247": _note(
        (
            "naam en jaar van een bron staan hier bij elkaar, maar niet als verwijzing: {text}",
            "verwijst u hier naar die bron, schrijf dan {written}. Anders hoeft u niets te doen.",
        ),
        (
            "name and year of a source stand together here, but not as a citation: {text}",
            "where you mean that source, write {written}. Otherwise there is nothing to do.",
        ),
    ),
    "D248": _note(
        (
            "omgezet zou deze bronverwijzing iets anders zeggen: '{text}' zou '{printed}' worden",
            "kijk wat bedoeld is, en schrijf dan zelf {written} met de woorden die eromheen moeten.",
        ),
        (
            "this citation would say something else with keys: '{text}' would become '{printed}'",
            "see what is meant, and then write {written} yourself with the words that belong around it.",
        ),
    ),
    "D258": _warning(
        (
            "bron '{key}' is ingetrokken",
            "steun niet langer op dit werk. Gaat de tekst juist over de intrekking, neem dit dan op in 'ignore' met de "
            "reden. Het bericht: {notice}. Als reden staat er: {grounds}.",
        ),
        (
            "source '{key}' has been retracted",
            "rest on this work no longer. If the text is about the retraction itself, accept this in 'ignore' with the "
            "reason. The notice: {notice}. The grounds given: {grounds}.",
        ),
    ),
    "D259": _error(
        (
            "de gegevens over ingetrokken werken zijn niet te lezen: {reason}",
            "geef achter --retractions het csv-bestand van Crossref (Retraction Watch) op, en haal het opnieuw op als het "
            "beschadigd is.",
        ),
        (
            "the data about retracted works cannot be read: {reason}",
            "name behind --retractions the CSV file of Crossref (Retraction Watch), and fetch it again if it is damaged.",
        ),
    ),
    "D260": _note(
        (
            "over bron '{key}' is iets bekendgemaakt: {kind}",
            "kijk of de tekst nog klopt. Het bericht: {notice}. Als reden staat er: {grounds}.",
        ),
        (
            "something was made known about source '{key}': {kind}",
            "see whether the text still holds. The notice: {notice}. The grounds given: {grounds}.",
        ),
    ),
    "D241": _error(
        (
            "zo verwijzen andere systemen naar een figuur, tabel of paragraaf: {text}",
            "schrijf '{written}'; het woord en het nummer komen er vanzelf te staan. '{command}' doet het voor u.",
        ),
        (
            "other systems refer to a figure, table or section like this: {text}",
            "write '{written}'; the word and the number are put there by themselves. '{command}' does it for you.",
        ),
    ),
    "D242": _error(
        (
            "deze regel begint of sluit geen code: {fence}",
            "zet een regel met dezelfde tekens boven en onder de code, of schrijf \\ voor tekens die zo bedoeld zijn.",
        ),
        (
            "this line neither begins nor closes code: {fence}",
            "put a line of the same signs above and below the code, or write \\ before signs that are meant as such.",
        ),
    ),
    "D243": _warning(
        (
            "dit is code die een ander programma zou uitvoeren; hier gebeurt dat niet: {written}",
            "zet de uitkomst in de tekst, als tabel of als figuur. Code die lezers mogen zien, begint met ```r.",
        ),
        (
            "this is code that another program would run; here it is not: {written}",
            "put the result into the text, as a table or as a figure. Code that readers are to see begins with ```r.",
        ),
    ),
    "D244": _error(
        (
            "'{path}' is de lijst zelf",
            "noem achter --output een ander bestand: opmerkingen en velden die niet worden overgenomen, gingen anders "
            "verloren.",
        ),
        (
            "'{path}' is the list itself",
            "name another file behind --output: remarks and fields that are not taken over would be lost.",
        ),
    ),
    "D245": _warning(
        (
            "'{short}' is de korte naam van meer dan één organisatie: {organisations}",
            "geef er een van een andere korte naam, of schrijf de naam overal hetzelfde als het één organisatie is.",
        ),
        (
            "'{short}' is the short name of more than one organisation: {organisations}",
            "give one of them another short name, or write the name alike everywhere if it is one organisation.",
        ),
    ),
    "D246": _warning(
        (
            "'{organisation}' heeft meer dan één korte naam: {shorts}",
            "kies er een; anders heet de organisatie in verwijzingen nu eens zo en dan weer anders.",
        ),
        (
            "'{organisation}' has more than one short name: {shorts}",
            "choose one; else citations call the organisation now by the one and now by the other.",
        ),
    ),
    "D238": _error(
        (
            "'{path}' is geen tekst van een dossier",
            "noem een hoofdstuk of samenvatting (.md) of de infographic (.yaml).",
        ),
        (
            "'{path}' is no text of a dossier",
            "name a chapter or summary (.md) or the infographic (.yaml).",
        ),
    ),
    "D249": _note(
        (
            "sleutels gemaakt voor bronnen die er geen bruikbare hadden: {keys}",
            "verwijs met deze sleutels, zoals [@{key}]. Met 'dossierbuild references' legt u ze vast in een lijst die u zelf beheert.",
        ),
        (
            "keys made for sources that had none of use: {keys}",
            "cite with these keys, as in [@{key}]. 'dossierbuild references' writes them down in a list that you keep yourself.",
        ),
    ),
    "D250": _warning(
        (
            "bron '{key}': het veld '{field}' verwijst naar '{name}', maar {reason}",
            "verbeter de naam, of schrijf bij deze bron zelf wat zij van daar moest krijgen.",
        ),
        (
            "source '{key}': the field '{field}' refers to '{name}', but {reason}",
            "mend the name, or write out what the source was to take from there.",
        ),
    ),
    "D251": _note(
        (
            "titels met een hoofdletter aan elk woord, zoals in Engelse koppen: {keys}",
            "de stijl wil alleen een hoofdletter aan het begin en in namen. Schrijf bij '{key}': {written} "
            "(en zet de hoofdletters van namen terug).",
        ),
        (
            "titles with a capital on each word, as in English headings: {keys}",
            "the style wants a capital at the beginning and in names only. Write for '{key}': {written} "
            "(and put back the capitals of names).",
        ),
    ),
    "D252": _note(
        (
            "hersteld in {count} bron(nen): {field}, zoals {before} → {after} (bron '{key}')",
            "kijk of dit voorbeeld klopt; bij de andere bronnen is hetzelfde gedaan.",
        ),
        (
            "mended in {count} source(s): {field}, as in {before} → {after} (source '{key}')",
            "look at this example; the same was done to the others.",
        ),
    ),
    "D253": _warning(
        (
            "in de lijst, maar nergens genoemd: {keys}",
            "verwijs ernaar, bijvoorbeeld met [@{key}], of haal het uit de lijst; dossier.yaml vraagt dit met 'uncited: warn'.",
        ),
        (
            "in the list, but cited nowhere: {keys}",
            "cite it, for example with [@{key}], or take it out of the list; dossier.yaml asks for this with 'uncited: warn'.",
        ),
    ),
    "D254": _error(
        (
            "dit past niet in 'further-reading': '{text}'; {reason}",
            "zet er alleen bronnen in: '@sleutel; @sleutel', of een lijst met '- @sleutel' en daarachter wat u erover wilt "
            "zeggen. Een kop of een inleiding zet u erboven.",
        ),
        (
            "this does not fit in 'further-reading': '{text}'; {reason}",
            "put only works there: '@key; @key', or a list of '- @key' with what you want to say of it behind it. A heading "
            "or an introduction goes above it.",
        ),
    ),
    "D255": _note(
        (
            "in de bronnenlijst staat niets van het type {types}: {reason}",
            "dit mag zo blijven. Is het niet de bedoeling, kies dan een ander type of een andere stijl.",
        ),
        (
            "the reference list has nothing of the type {types}: {reason}",
            "this may stay so. If it is not meant, choose another type or another style.",
        ),
    ),
}

ASSETS = {
    "D301": _error(
        (
            "het plaatje '{path}' is er niet",
            "bedoelde u '{nearest}'? Zet het plaatje in de map figures/ van het dossier, of verbeter de naam.",
        ),
        (
            "the picture '{path}' does not exist",
            "did you mean '{nearest}'? Put the picture in the dossier's folder figures/, or mend the name.",
        ),
    ),
    "D302": _warning(
        (
            "'{path}' heeft geen alternatieve tekst",
            'voeg alt="…" toe en zeg daarin wat het laat zien aan wie het niet kan zien; een plaatje dat alleen '
            'versiert, heeft alt="" en geen bijschrift.',
        ),
        (
            "'{path}' has no alternative text",
            'add alt="…" and say in it what it shows, for those who cannot see it; a picture that only decorates has '
            'alt="" and no caption.',
        ),
    ),
    "D315": _warning(
        (
            "deze alternatieve tekst zegt niet wat er te zien is: '{alt}'",
            "zeg wat de figuur laat zien, zonder 'afbeelding van': dat het een afbeelding is, wordt al gezegd.",
        ),
        (
            "this alternative text does not say what is shown: '{alt}'",
            "say what the figure shows, without 'image of': that it is an image is said already.",
        ),
    ),
    "D330": _error(
        (
            "'{path}' heet met alt=\"\" versiering, maar heeft een bijschrift: {caption}",
            "zeg bij alt wat het plaatje laat zien, of haal het bijschrift weg.",
        ),
        (
            "'{path}' is decoration by alt=\"\", but has a caption: {caption}",
            "say at alt what the picture shows, or take the caption out.",
        ),
    ),
    "D331": _note(
        (
            "deze alternatieve tekst herhaalt wat er al staat: '{alt}'",
            "het bijschrift wordt ook voorgelezen; zeg bij alt wat er te zien is: de vorm, het verloop, de uitkomst. Tot "
            "dan zeggen de bestanden niet dat ze toegankelijk zijn.",
        ),
        (
            "this alternative text repeats what is there already: '{alt}'",
            "the caption is read aloud too; say at alt what is seen: the form, the course, the outcome. Until then the "
            "files do not say that they are accessible.",
        ),
    ),
    "D332": _error(
        (
            "row-headers kan niet '{value}' zijn",
            'schrijf row-headers="yes" als de eerste kolom zegt waar elke rij over gaat, row-headers="2" als de eerste twee '
            'dat samen doen (ten hoogste 4), en anders row-headers="no".',
        ),
        (
            "row-headers cannot be '{value}'",
            'write row-headers="yes" when the first column says what each row is about, row-headers="2" when the first two '
            'do so together (4 at the most), and else row-headers="no".',
        ),
    ),
    "D333": _warning(
        (
            "kolom {column} van deze tabel heeft geen kop",
            "zet er een woord boven; wie de tabel cel voor cel hoort, weet dan wat er staat.",
        ),
        (
            "column {column} of this table has no head",
            "put a word above it; then those who hear the table cell by cell know what is there.",
        ),
    ),
    "D334": _note(
        (
            "deze tabel heeft geen kopregel",
            'zet boven elke kolom een kop, of zet row-headers="yes" bij het bijschrift als de eerste kolom de rijen '
            "benoemt. Zonder kop zegt geen bestand dat het toegankelijk is.",
        ),
        (
            "this table has no row of heads",
            'put a head above each column, or row-headers="yes" with the caption when the first column names the rows. '
            "Without a head no file says that it is accessible.",
        ),
    ),
    "D335": _error(
        (
            "deze tabel is niet als tabel te lezen: een van de strepen sluit niet aan, of zij staat niet op haar plaats",
            "laat elke regel even ver reiken, met de strepen (| en +) recht onder die van de eerste regel; een cel over "
            "meer kolommen laat strepen weg. Zet een lege regel boven de tabel, en laat haar vooraan op de regel beginnen, in "
            "een lijst recht onder het eerste woord van het punt.",
        ),
        (
            "this cannot be read as a table: one of its strokes does not meet the others, or it is not in its place",
            "make all lines equally long, with the strokes (| and +) right below those of the first line; a cell over "
            "several columns leaves strokes out. Put an empty line above the table, and begin it at the start of the line, in "
            "a list right below the first word of the item.",
        ),
    ),
    "D336": _error(
        (
            "'{word}' staat over de grens van twee kolommen en wordt daar doorgeknipt",
            "laat elke cel beginnen recht onder de streepjes van haar kolom, of maak die streepjes langer.",
        ),
        (
            "'{word}' stands across the border of two columns and is cut there",
            "let each cell begin right below the dashes of its column, or make these dashes longer.",
        ),
    ),
    "D337": _error(
        (
            "{name} zegt iets over {found} kolommen, en de tabel toont er {columns}",
            "noem er evenveel, met puntkomma's ertussen, in de volgorde van de kolommen.",
        ),
        (
            "{name} says something of {found} columns, and the table shows {columns}",
            "name as many, with semicolons between them, in the order of the columns.",
        ),
    ),
    "D338": _error(
        (
            "van {path} blijft geen enkele rij over",
            "kijk of de waarde bij where in het bestand zo geschreven is, met dezelfde hoofdletters en spaties.",
        ),
        (
            "no row of {path} is left",
            "look whether the file writes the value at where in this way, with the same capitals and spaces.",
        ),
    ),
    "D339": _error(
        (
            "geen rij in deze tabel begint met '{total}'",
            "bij total staat wat er in de eerste cel van de totaalrij staat. Bedoelde u '{nearest}'?",
        ),
        (
            "no row of this table begins with '{total}'",
            "total says what stands in the first cell of the row of totals. Did you mean '{nearest}'?",
        ),
    ),
    "D360": _error(
        (
            "{name} kan bij een tabel niet '{value}' zijn",
            "wat er kan staan is: {expected}.",
        ),
        (
            "{name} of a table cannot be '{value}'",
            "what can stand there is: {expected}.",
        ),
    ),
    "D361": _error(
        (
            "boven deze noten staat geen tabel",
            "zet '::: table-note' direct onder de tabel en haar bijschrift, zonder tekst ertussen.",
        ),
        (
            "no table stands above these notes",
            "put '::: table-note' right below the table and its caption, without text between them.",
        ),
    ),
    "D362": _error(
        (
            "in dit blok .{block} staat iets wat nergens gedrukt wordt",
            "hier staat alleen het bijschrift, en bij een tabel een blok '::: table-note'; zet lijsten en koppen erbuiten.",
        ),
        (
            "in this block .{block} stands something that is printed nowhere",
            "only the caption stands here, and with a table a block '::: table-note'; put lists and headings outside it.",
        ),
    ),
    "D363": _error(
        (
            "deze tabel is te breed om hier te staan: van de {columns} kolommen passen er ongeveer {room} in een kader, "
            "lijst of citaat",
            "zet de tabel erbuiten, waar zij een liggend blad kan krijgen, of verdeel haar.",
        ),
        (
            "this table is too wide to stand here: of its {columns} columns about {room} fit in a box, a list or a "
            "quotation",
            "put the table outside it, where it can get a page on its side, or divide it.",
        ),
    ),
    "D364": _note(
        (
            "het teken {mark} van deze noot staat niet in de tabel",
            "zet het als ^{mark}^ bij wat het toelicht, of haal de noot weg.",
        ),
        (
            "the mark {mark} of this note is not in the table",
            "put it as ^{mark}^ with what it explains, or take the note out.",
        ),
    ),
    "D365": _note(
        (
            "het teken {mark} in deze tabel heeft geen noot",
            "zet onder de tabel, in het blok '::: table-note', wat ^{mark}^ betekent.",
        ),
        (
            "the mark {mark} in this table has no note",
            "say below the table, in the block '::: table-note', what ^{mark}^ means.",
        ),
    ),
    "D366": _error(
        (
            "in source staat alleen gewone tekst, en geen opmaak of verwijzing: '{text}'",
            "schrijf de bron onder de tabel als alinea die met 'Bron:' begint; daar mag een verwijzing in staan.",
        ),
        (
            "source takes plain text only, without markup or citations: '{text}'",
            "write the source below the table as a paragraph that begins with 'Source:'; it may hold a citation.",
        ),
    ),
    "D303": _error(
        (
            "het gegevensbestand '{path}' is er niet",
            "bedoelde u '{nearest}'? Zet het bestand in de map data/ van het dossier, of verbeter de naam.",
        ),
        (
            "the data file '{path}' does not exist",
            "did you mean '{nearest}'? Put the file in the dossier's folder data/, or mend the name.",
        ),
    ),
    "D304": _error(
        ("{path} heeft geen kolom '{column}'", "bedoelde u '{nearest}'? De kolommen zijn: {known}."),
        ("{path} has no column '{column}'", "did you mean '{nearest}'? The columns are: {known}."),
    ),
    "D305": _error(
        (
            "'{cell}' in kolom '{column}' is geen getal",
            "schrijf een getal als 41,2 of 41.2, van ten hoogste 15 cijfers voor de komma, en laat de cel leeg waar het "
            "getal ontbreekt. Een teken erachter is dat van de grafiek (unit); een tijdlijn heeft jaren, maanden of "
            "dagen. In deze kolom geldt dit nog {more} keer.",
        ),
        (
            "'{cell}' in column '{column}' is no number",
            "write a number as 41.2 or 41,2, with no more than 15 digits before the point, and leave the cell empty "
            "where the number is missing. A sign behind it is that of the chart (unit); a timeline has years, months or "
            "days. It happens {more} more times in this column.",
        ),
    ),
    "D306": _error(
        ("onbekend soort grafiek '{kind}'", "bedoelde u '{nearest}'? Mogelijk zijn: {known}."),
        ("unknown kind of chart '{kind}'", "did you mean '{nearest}'? Possible are: {known}."),
    ),
    "D307": _error(
        (
            "'{path}' is geen bruikbaar plaatje: {reason}",
            "een plaatje is heel (sla het anders opnieuw op) en heeft ten hoogste 50 megapixel; een svg bevat geen "
            "scripts, ingevoegde plaatjes of adressen van elders.",
        ),
        (
            "'{path}' is no usable picture: {reason}",
            "a picture is whole (otherwise save it again) and has at most 50 megapixels; an svg holds no scripts, "
            "embedded pictures or addresses of elsewhere.",
        ),
    ),
    "D308": _error(
        (
            "'{path}' is vanaf hier niet te lezen als tabel",
            "kijk naar de aanhalingstekens: een tekst met een komma erin staat tussen twee dubbele aanhalingstekens.",
        ),
        (
            "'{path}' cannot be read as a table from here: {reason}",
            "look at the quotation marks: a text with a comma in it stands between two double quotation marks.",
        ),
    ),
    "D309": _error(
        ("aan het blok '{block}' ontbreekt '{attribute}'", "voeg het toe, bijvoorbeeld: {example}"),
        ("the block '{block}' lacks '{attribute}'", "add it, for example: {example}"),
    ),
    "D310": _error(
        (
            "het blok '{block}' heeft geen bijschrift",
            "schrijf het tussen de twee regels met ':::'; het zegt wat er te zien is en uit welke bron.",
        ),
        (
            "the block '{block}' has no caption",
            "write it between the two lines with ':::'; it says what is shown and from which source.",
        ),
    ),
    "D370": _error(
        (
            "'{path}' heeft geen bijschrift, zodat {names} nergens kan staan",
            "zet het plaatje in een eigen alinea, met een bijschrift tussen de vierkante haken.",
        ),
        (
            "'{path}' has no caption, so that {names} can stand nowhere",
            "put the picture in a paragraph of its own, with a caption between the square brackets.",
        ),
    ),
    "D371": _error(
        (
            "dit blok 'figures' is geen reeks plaatjes met één bijschrift",
            "zet er twee tot {most} plaatjes in, elk op een eigen regel, en in een alinea daaronder het bijschrift van "
            "het geheel.",
        ),
        (
            "this block 'figures' is no row of pictures with one caption",
            "put two to {most} pictures in it, each on a line of its own, and the caption of the whole in a paragraph "
            "below.",
        ),
    ),
    "D372": _error(
        (
            "dit bestand kan niet bij de publicatie worden gegeven: {path}",
            "mogelijk zijn: {known}. Staat het op internet, geef dan het hele adres, dat begint met https://.",
        ),
        (
            "this file cannot be given along with the publication: {path}",
            "possible are: {known}. If it is on the internet, give the whole address, which begins with https://.",
        ),
    ),
    "D373": _error(
        (
            "'{path}' en '{other}' zouden in de uitgave allebei '{name}' heten",
            "geef een van beide bestanden een andere naam.",
        ),
        (
            "'{path}' and '{other}' would both be called '{name}' in the edition",
            "give one of the two files another name.",
        ),
    ),
    "D311": _error(
        ("dit plaatje staat op internet: {path}", "zet het bestand in de map figures/ en verwijs daarheen."),
        ("this picture is on the internet: {path}", "put the file in the folder figures/ and point there."),
    ),
    "D312": _error(
        ("er is geen pictogram '{icon}'", "bedoelde u '{nearest}'? Mogelijk zijn: {known}."),
        ("there is no icon '{icon}'", "did you mean '{nearest}'? Possible are: {known}."),
    ),
    "D313": _error(
        (
            "'{path}' is geen plaatje dat gelezen kan worden ({kind})",
            "sla een foto op als jpg of png en een tekening als svg; alleen de naam veranderen is niet genoeg.",
        ),
        (
            "'{path}' is no picture that can be read ({kind})",
            "save a photo as jpg or png and a drawing as svg; to change its name is not enough.",
        ),
    ),
    "D316": _note(
        (
            "van '{path}' wordt alleen het eerste beeld getoond",
            "het bestand heeft er meer: een animatie of pagina's. Moet er een ander beeld komen, sla dat dan apart op.",
        ),
        (
            "only the first image of '{path}' is shown",
            "the file has more: an animation or pages. For another of them, save that one by itself.",
        ),
    ),
    "D317": _error(
        (
            "'{path}' gebruikt '{feature}', en dat is niet in elk formaat te tekenen",
            "teken het zonder, of zet dat deel in het tekenprogramma om naar vormen of paden.",
        ),
        (
            "'{path}' uses '{feature}', which cannot be drawn in every format",
            "draw it without, or convert that part into shapes or paths in the drawing program.",
        ),
    ),
    "D318": _note(
        (
            "de kleuren van '{path}' zijn bij benadering: het zijn drukinkten (CMYK) zonder kleurprofiel",
            "kijk of ze goed zijn; exporteer het plaatje anders als sRGB.",
        ),
        (
            "the colours of '{path}' are approximate: they are printing inks (CMYK) without a colour profile",
            "see whether they are right; otherwise export the picture as sRGB.",
        ),
    ),
    "D314": _error(
        (
            "deze regel heeft {found} kolommen; de kopregel heeft er {expected}",
            "kijk of er een komma te veel of te weinig staat; zet een tekst met een komma tussen dubbele "
            "aanhalingstekens.",
        ),
        (
            "this row has {found} columns; the header row has {expected}",
            "see whether there is a comma too many or too few; put a text with a comma in double quotation marks.",
        ),
    ),
    "D321": _warning(
        (
            "'{cell}' in kolom '{column}' kan {thousands} zijn, of een getal met drie cijfers achter de komma",
            'zet thousands="{sign}" bij de grafiek of tabel als het duizendtallen zijn, en anders decimal="{sign}".',
        ),
        (
            "'{cell}' in column '{column}' may be {thousands}, or a number with three decimals",
            'put thousands="{sign}" with the chart or table if these are thousands, and decimal="{sign}" if not.',
        ),
    ),
    "D322": _warning(
        (
            "'{value}' kan {thousands} zijn, of een getal met drie cijfers achter de komma",
            "schrijf {thousands} als het een duizendtal is, en anders een komma in plaats van de punt.",
        ),
        (
            "'{value}' may be {thousands}, or a number with three decimals",
            "write {thousands} if it is thousands, and otherwise fewer or more decimals.",
        ),
    ),
    "D323": _error(
        (
            'decimal="{decimal}" en thousands="{thousands}" zeggen niet hoe getallen zijn geschreven',
            "elk is een punt of een komma, en niet allebei hetzelfde teken.",
        ),
        (
            'decimal="{decimal}" and thousands="{thousands}" do not say how numbers are written',
            "each is a point or a comma, and they are not the same sign.",
        ),
    ),
    "D324": _error(
        (
            "in kolom '{column}' staan getallen met een punt en met een komma: '{first}' en '{other}'",
            "schrijf alle getallen in de kolom op dezelfde manier.",
        ),
        (
            "column '{column}' has numbers with a point and with a comma: '{first}' and '{other}'",
            "write all numbers in the column in the same way.",
        ),
    ),
    "D325": _warning(
        (
            "kolom '{column}' van {path} heeft te weinig waarden voor deze grafiek: {found}",
            "nodig: ten minste {needed}. Vul de kolom aan, haal haar uit de grafiek, of kies een ander soort grafiek.",
        ),
        (
            "column '{column}' of {path} has too few values for this chart: {found}",
            "needed: at least {needed}. Complete the column, take it out of the chart, or choose another kind of chart.",
        ),
    ),
    "D326": _warning(
        (
            "'{value}' staat meer dan één keer in kolom '{column}'",
            "in dit soort grafiek staat elk jaar en elke naam één keer. Haal de regel weg die er te veel is, of neem "
            'losse punten: type="dot".',
        ),
        (
            "'{value}' stands more than once in column '{column}'",
            "in a chart of this kind each year and each name stands once. Take away the row that is too many, or use "
            'points: type="dot".',
        ),
    ),
    "D327": _warning(
        (
            "de delen van '{name}' vormen geen geheel: {parts}",
            "procenten van een geheel zijn samen niet meer dan 100, en geen deel is kleiner dan nul. Verbeter de "
            'cijfers, of kies staven naast elkaar: type="bar".',
        ),
        (
            "the parts of '{name}' are no whole: {parts}",
            "percentages of a whole are together no more than 100, and no part is below zero. Mend the numbers, or "
            'choose bars side by side: type="bar".',
        ),
    ),
    "D328": _error(
        (
            "deze grafiek is te groot (regels: {rows}, kolommen met cijfers: {columns})",
            "in een grafiek van dit soort passen hier ten hoogste: regels {most_rows}, kolommen met cijfers "
            "{most_columns}. Kies de belangrijkste, vat samen, of neem een tabel.",
        ),
        (
            "this chart is too large (rows: {rows}, columns of numbers: {columns})",
            "a chart of this kind has room here for at most: rows {most_rows}, columns of numbers {most_columns}. "
            "Choose the most important ones, summarise, or use a table.",
        ),
    ),
    "D329": _warning(
        (
            "de kolommen '{name}' en '{other}' van {path} hebben dezelfde cijfers",
            "kijk of het bestand klopt, of haal een van beide uit de grafiek.",
        ),
        (
            "the columns '{name}' and '{other}' of {path} have the same numbers",
            "see whether the file is right, or take one of them out of the chart.",
        ),
    ),
}

STYLES = {
    "D350": _error(
        (
            "dit is geen {kind} die kan kloppen: {value}",
            "neem het nummer over van wie het heeft uitgegeven; een ISBN, ISSN en ROR eindigen op een controlecijfer, en een "
            "DOI begint met 10. en een streep: 10.1234/abc.",
        ),
        (
            "this is no {kind} that can be right: {value}",
            "copy the number from who issued it; an ISBN, ISSN and ROR end in a check digit, and a DOI begins with 10. and "
            "a slash: 10.1234/abc.",
        ),
    ),
    "D351": _error(
        (
            "ISBN {isbn} staat hier nog eens",
            "elke vorm waarin een publicatie verschijnt, heeft een ISBN van zichzelf; haal er hier een weg of vul de juiste "
            "in. Het staat ook op een andere plaats",
        ),
        (
            "ISBN {isbn} stands here once more",
            "each form in which a publication appears has an ISBN of its own; take one away or write the right one. It also "
            "stands elsewhere",
        ),
    ),
    "D340": _error(
        (
            "een formule kan {name} niet aan",
            "bedoelde u {nearest}? In docs/formules.md staat wat wel kan; eigen opdrachten (\\newcommand) schrijft u voluit.",
        ),
        (
            "a formula cannot have {name}",
            "did you mean {nearest}? docs/formules.md has what it can; write commands of your own (\\newcommand) in full.",
        ),
    ),
    "D341": _error(
        ("in deze formule wordt {sign} niet gesloten", "zet er }}, \\right) of \\end{{…}} bij, of haal het weg."),
        ("in this formula {sign} is not closed", "add }}, \\right) or \\end{{…}}, or take it out."),
    ),
    "D342": _error(
        (
            "in deze formule ontbreekt iets achter {sign}",
            "schrijf erachter waar het over gaat, tussen accolades: \\frac{{1}}{{2}}, x_{{2}}, \\sqrt{{2}}.",
        ),
        (
            "in this formula something is missing behind {sign}",
            "write what it is about behind it, in braces: \\frac{{1}}{{2}}, x_{{2}}, \\sqrt{{2}}.",
        ),
    ),
    "D343": _error(
        (
            "in deze formule hoort {sign} hier niet",
            "tel de accolades, of zet accolades om wat bij elkaar hoort: x_{{1}}^{{2}}; & en \\\\ horen tussen \\begin en \\end.",
        ),
        (
            "in this formula {sign} does not belong here",
            "count the braces, or put braces around what belongs together: x_{{1}}^{{2}}; & and \\\\ belong between \\begin and \\end.",
        ),
    ),
    "D344": _error(
        (
            "deze formule is te groot: meer dan {signs} tekens, of dieper genest dan {levels} niveaus",
            "verdeel haar over meer formules, of geef een deel een eigen letter.",
        ),
        (
            "this formula is too large: more than {signs} signs, or nested deeper than {levels} levels",
            "divide it over several formulas, or give a part of it a letter of its own.",
        ),
    ),
    "D345": _warning(
        (
            "in deze formule staan woorden: {words}",
            "is het geld, schrijf dan \\$; woorden in een formule staan in \\text{{…}}, anders vallen de spaties weg.",
        ),
        (
            "there are words in this formula: {words}",
            "if it is money, write \\$; words in a formula stand in \\text{{…}}, or their spaces are lost.",
        ),
    ),
    "D346": _warning(
        (
            "dit lijkt een formule, maar wordt gedrukt zoals het er staat: {excerpt}",
            "schrijf $x^2$ zonder spatie achter het eerste en voor het laatste dollarteken, of $$x^2$$ op een eigen regel.",
        ),
        (
            "this looks like a formula, but is printed as it stands: {excerpt}",
            "write $x^2$ without a space behind the first dollar sign and before the last, or $$x^2$$ on a line of its own.",
        ),
    ),
    "D347": _warning(
        (
            "deze formule is breder dan de bladspiegel: op papier wordt zij {percent}% van de gewone grootte",
            "verdeel haar over regels met \\begin{{…}} … \\\\ … \\end{{…}} (aligned), of zet haar tussen $$ op een eigen regel.",
        ),
        (
            "this formula is wider than the text: on paper it becomes {percent}% of its usual size",
            "divide it over lines with \\begin{{…}} … \\\\ … \\end{{…}} (aligned), or put it between $$ on a line of its own.",
        ),
    ),
    "D348": _error(
        (
            "{name} kan niet in een formule: nummers worden hier vanzelf gegeven",
            "geef de formule een naam met $$ … $$ {{#eq-naam}} en verwijs ernaar met [](#eq-naam).",
        ),
        (
            "{name} cannot stand in a formula: numbers are given here by themselves",
            "give the formula a name with $$ … $$ {{#eq-name}} and refer to it with [](#eq-name).",
        ),
    ),
    "D349": _error(
        (
            "deze formule heeft een lege alt",
            "schrijf in alt hoe iemand haar voorleest, of laat alt weg: dan leest het programma de tekens voor.",
        ),
        (
            "this formula has an empty alt",
            "write in alt how a person reads it aloud, or leave alt out: then its signs are read aloud.",
        ),
    ),
    "D353": _error(
        (
            "'{word}' staat op twee plaatsen in terms.yaml",
            "een woord hoort bij één begrip; haal het bij een van de twee weg. De andere plaats is deze",
        ),
        (
            "'{word}' stands in two places in terms.yaml",
            "a word belongs to one term; take it away from one of the two. The other place is this",
        ),
    ),
    "D354": _error(
        (
            "'{term}' heeft geen betekenis",
            "zeg bij means: in een zin wat het is, of zet bij abbr: de afkorting die ervoor staat.",
        ),
        (
            "'{term}' has no meaning",
            "say in a sentence behind means: what it is, or behind abbr: the abbreviation that stands for it.",
        ),
    ),
    "D355": _error(
        (
            "er is niets dat in deze lijst kan staan: {kind}",
            "zet in terms.yaml begrippen of afkortingen die de tekst gebruikt, of geef woorden voor het register aan met "
            "[woord]{{.index}}; anders haalt u de lijst weg.",
        ),
        (
            "there is nothing that can stand in this list: {kind}",
            "put terms or abbreviations that the text uses into terms.yaml, or mark words for the index with "
            "[word]{{.index}}; else take the list away.",
        ),
    ),
    "D356": _note(
        (
            "geen tekst gebruikt '{term}'",
            "kijk of de teksten het anders schrijven, en zet die vorm bij forms:; anders kan het weg.",
        ),
        (
            "no text uses '{term}'",
            "see whether the texts write it otherwise, and put that form behind forms:; else it can go.",
        ),
    ),
    "D357": _warning(
        (
            "geen tekst gebruikt iets uit terms.yaml",
            "kijk of de begrippen en afkortingen er staan zoals de teksten ze schrijven; een lijst ervan maakt u met "
            "::: glossary of ::: abbreviations.",
        ),
        (
            "no text uses anything of terms.yaml",
            "see whether the terms and abbreviations stand there as the texts write them; a list of them is made with "
            "::: glossary or ::: abbreviations.",
        ),
    ),
    "D359": _error(
        (
            "dit kan niet in het register: '{entry}'",
            'schrijf [woord]{{.index}}, [woord]{{.index entry="ingang!onderdeel"}} of '
            '[woord]{{.index see="andere ingang"}}; een ingang heeft woorden en ten hoogste één onderdeel.',
        ),
        (
            "this cannot stand in the index: '{entry}'",
            'write [word]{{.index}}, [word]{{.index entry="entry!part"}} or [word]{{.index see="other entry"}}; an entry '
            "has words and one part at the most.",
        ),
    ),
    "D401": _error(
        (
            "dit sjabloon is niet te gebruiken; de melding is '{reason}'",
            "vergelijk het met het sjabloon in styles/ van dossierbuild.",
        ),
        ("this template cannot be used: {reason}", "compare it with the template in dossierbuild's styles/."),
    ),
    "D402": _error(
        ("de waarde van '{name}' kan hier niet: {value}", "zo kan het wel: {expected}"),
        ("the value of '{name}' is not possible here: {value}", "this is possible: {expected}"),
    ),
    "D403": _error(
        (
            "in dit bestand ontbreekt: {names}",
            "neem het over uit {file} van dossierbuild en verander alleen de waarden.",
        ),
        ("this file lacks: {names}", "take it from dossierbuild's {file} and change the values only."),
    ),
    "D404": _error(
        ("'{path}' is geen lettertype", "gebruik een .ttf- of .otf-bestand, en kijk of het heel is."),
        ("'{path}' is no font", "use a .ttf or .otf file, and see whether it is whole."),
    ),
    "D405": _warning(
        (
            "te weinig contrast: '{one}' op '{other}' is {ratio} : 1 en moet minstens {least} : 1 zijn",
            "maak de ene kleur donkerder of de andere lichter.",
        ),
        (
            "too little contrast: '{one}' on '{other}' is {ratio} : 1 and must be {least} : 1 at least",
            "make one colour darker or the other lighter.",
        ),
    ),
    "D406": _error(
        (
            "het lettertype '{path}' onder fonts/more is niet te gebruiken",
            "noem hier alleen .ttf- en .otf-bestanden in styles/fonts met letters erin, in de volgorde waarin ze moeten "
            "worden gezocht.",
        ),
        (
            "the font '{path}' under fonts/more cannot be used",
            "name only .ttf and .otf files in styles/fonts that have letters, in the order in which they are to be "
            "looked through.",
        ),
    ),
    "D408": _note(
        (
            "{path} is een eigen opmaak: contrast, zichtbare focus, grootte en herschikken zijn daarin niet gemeten; het "
            "e-boek vermeldt geen WCAG en de toegankelijkheidsverklaring zegt het",
            "'verify --conformance' meet van de gebouwde webpagina's het contrast van tekst, de zichtbare focus, de grootte "
            "van wat men aanklikt en het herschikken op 320 pixels; kijk zelf naar het contrast van vormen en naar de "
            "pdf en het e-boek. Is er niets op aan te merken, neem dan op onder 'ignore': {{code: D408, at: "
            "{path}#{mark}, reason: gemeten}}; dat geldt tot het bestand verandert.",
        ),
        (
            "{path} is a look of your own: contrast, visible focus, size and reflow have not been measured in it; the "
            "e-book does not name WCAG and the accessibility statement says so",
            "'verify --conformance' measures in the built web pages the contrast of text, visible focus, the size of what "
            "is clicked and reflow at 320 pixels; look at the contrast of shapes and at the PDF and the e-book "
            "yourself. When nothing is wrong, put under 'ignore': {{code: D408, at: {path}#{mark}, reason: measured}}; "
            "that holds until the file changes.",
        ),
    ),
    "D410": _error(
        (
            "het thema '{theme}' is er niet",
            "bedoelde u '{nearest}'? Een thema is een bestand in styles/themes; er zijn: {known}.",
        ),
        (
            "there is no theme '{theme}'",
            "did you mean '{nearest}'? A theme is a file in styles/themes; there are: {known}.",
        ),
    ),
}

RENDERING = {
    "D501": _error(
        (
            "deze tekst kon niet worden gelezen; pandoc meldt '{reason}'",
            "zoek naar een heel lange reeks van dezelfde tekens, zoals > of [, en haal die weg.",
        ),
        (
            "this text could not be read: {reason}",
            "look for a very long run of the same signs, such as > or [, and take it out.",
        ),
    ),
    "D502": _error(
        (
            "de opmaak van {file} meldt '{reason}'",
            "zoek de plaats in de tekst of in de eigen styles/ en verander die.",
        ),
        (
            "the layout of {file} reports: {reason}",
            "find the place in the text or in your own styles/ and change it.",
        ),
    ),
    "D503": _error(
        (
            "het maken van {what} is afgebroken: het vroeg te veel geheugen of tijd",
            "bouw opnieuw; blijft het gebeuren, zoek dan naar een heel groot plaatje, tabel of hoofdstuk.",
        ),
        (
            "making {what} was broken off: it took too much memory or time",
            "build again; if it keeps happening, look for a very large picture, table or chapter.",
        ),
    ),
    "D505": _error(
        (
            "het opmaakprogramma is niet te laden; de melding is '{reason}'",
            "installeer Pango (Debian, Ubuntu: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango).",
        ),
        (
            "the layout engine cannot be loaded: {reason}",
            "install Pango (Debian, Ubuntu: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango).",
        ),
    ),
    "D506": _note(
        (
            "de infographic is {over} mm te lang voor één blad en krijgt een langer blad; dit paneel heeft {length} tekens "
            "en er is ruimte voor ongeveer {room}",
            "kort de teksten in dit paneel in of neem een paneel weg, als de infographic op A3 moet passen.",
        ),
        (
            "the infographic is {over} mm too long for one sheet and gets a longer one; this panel has {length} "
            "characters and there is room for about {room}",
            "shorten the texts in this panel or take a panel out, if the infographic has to fit on A3.",
        ),
    ),
    "D507": _error(
        (
            "op papier is hier geen plaats voor in {file}: '{words}'",
            "kort dit in of verdeel het over meer alinea's, rijen of blokken; kijk ook naar eigen stijlen in styles/.",
        ),
        (
            "on paper there is no room for this in {file}: '{words}'",
            "shorten this or divide it over more paragraphs, rows or blocks; look at styles of your own in styles/ too.",
        ),
    ),
    "D508": _error(
        (
            "deze tabel is te breed voor papier: van de {columns} kolommen passen er ongeveer {room} naast elkaar, ook op "
            "een liggend blad",
            "verdeel de tabel in meer tabellen, maak van kolommen rijen, of kort lange woorden en getallen in.",
        ),
        (
            "this table is too wide for paper: of its {columns} columns about {room} fit beside each other, also on a "
            "page on its side",
            "divide the table into several, make rows of columns, or shorten long words and numbers.",
        ),
    ),
    "D509": _error(
        (
            "'{key}' heeft {length} tekens en op een omslag is ruimte voor {room}",
            "kort de tekst in; wat niet op de omslag hoeft, kan in de inleiding staan.",
        ),
        (
            "'{key}' has {length} characters and a cover has room for {room}",
            "shorten the text; what need not stand on the cover can stand in the introduction.",
        ),
    ),
    "D510": _error(
        (
            "deze tabel is te lang: {rows} rijen, met de kop mee",
            "de grens is {most}. Toon een deel of een samenvatting, en bied het gegevensbestand zelf ergens aan.",
        ),
        (
            "this table is too long: {rows} rows, the head included",
            "the limit is {most}. Show a part or a summary, and offer the data file itself somewhere.",
        ),
    ),
    "D511": _error(
        (
            "de infographic is te groot voor één blad: {panels} panelen met {texts} teksten",
            "de grens is {most} panelen en {some} teksten. Houd de panelen over die het verhaal vertellen.",
        ),
        (
            "the infographic is too large for one sheet: {panels} panels with {texts} texts",
            "the limit is {most} panels and {some} texts. Keep the panels that tell the story.",
        ),
    ),
    "D512": _error(
        (
            "deze noot bevat zelf een noot, en daar is onder aan een pagina geen plaats voor",
            "zet de woorden van de binnenste noot in de buitenste, of roep beide aan in de tekst.",
        ),
        (
            "this note holds a note itself, for which there is no place at the foot of a page",
            "put the words of the inner note in the outer one, or call both in the text.",
        ),
    ),
    "D513": _error(
        (
            "deze alinea roept {notes} noten aan",
            "de grens is {most}. Verdeel de tekst over meer alinea's.",
        ),
        (
            "this paragraph calls {notes} notes",
            "the limit is {most}. Divide the text over more paragraphs.",
        ),
    ),
    "D514": _error(
        (
            "'{key}' heeft {length} tekens",
            "de grens is {most}. Kort de waarde in; wat een lezer hiervan moet weten, hoort in een hoofdstuk.",
        ),
        (
            "'{key}' has {length} characters",
            "the limit is {most}. Shorten the value; what a reader has to know of this belongs in a chapter.",
        ),
    ),
    "D515": _error(
        (
            "dit is te lang om in één stuk te zetten: '{text}…' heeft {length} tekens",
            "de grens is hier {most}. Zet spaties in het woord of nieuwe regels in de code; maak van een lange kop een korte "
            "met een alinea eronder, en geef een koppeling of verwijzing een korte tekst.",
        ),
        (
            "this is too long to be set in one piece: '{text}…' has {length} characters",
            "the limit here is {most}. Put spaces into the word or line breaks into the code; make of a long heading a short "
            "one with a paragraph below it, and give a link or citation a short text.",
        ),
    ),
    "D504": _error(
        ("de verwijzingen konden niet worden opgemaakt; de melding is '{reason}'", "kijk de genoemde bron na."),
        ("the citations could not be formatted: {reason}", "check the source that is named."),
    ),
}

_LOST_NL = (
    "er ging iets mis bij het opmaken: kijk naar eigen sjablonen en stijlen in styles/; meld dit met de bron erbij."
)
_LOST_EN = "something went wrong in the layout: look at templates and styles of your own in styles/; report this with the source."


def _lost(nl: str, en: str) -> Entry:
    return _error(
        (f"in {{file}} ontbreekt {nl} '{{text}}' (in '{{part}}')", _LOST_NL),
        (f"{{file}} lacks {en} '{{text}}' (in '{{part}}')", _LOST_EN),
    )


VERIFICATION = {
    "D601": _error(
        (
            "{file} is niet te openen; de melding is '{reason}'",
            "bouw opnieuw met --fresh; blijft het gebeuren, meld dit dan.",
        ),
        (
            "{file} cannot be opened: {reason}",
            "build again with --fresh; if it keeps happening, report this.",
        ),
    ),
    "D602": _error(
        ("in {file} staat '{text}' niet op zijn plaats (in '{part}')", _LOST_NL),
        ("in {file} '{text}' is not in its place (in '{part}')", _LOST_EN),
    ),
    "D603": _error(
        ("bron '{key}' heet '{label}' in {file}, maar elders '{other}'", "meld dit met de bronnen erbij."),
        (
            "source '{key}' is called '{label}' in {file}, but '{other}' elsewhere",
            "report this with the sources.",
        ),
    ),
    "D604": _error(
        ("{file} vraagt iets van elders op: {address}", "haal de verwijzing uit de eigen styles/ weg."),
        (
            "{file} requests something from elsewhere: {address}",
            "take the reference out of your own styles/.",
        ),
    ),
    "D605": _error(
        (
            "in de map '{path}' kan niet worden geschreven: {reason}",
            "maak ruimte, of kies een andere map: met --output voor de uitgave, met TMPDIR voor tijdelijke bestanden.",
        ),
        (
            "the folder '{path}' cannot be written to: {reason}",
            "make room, or choose another folder: with --output for the edition, with TMPDIR for temporary files.",
        ),
    ),
    "D606": _error(
        (
            "in {file} staat de id '{id}' meer dan eens",
            "kijk of een eigen sjabloon in styles/ deze id ook gebruikt.",
        ),
        (
            "in {file} the id '{id}' stands more than once",
            "see whether a template of your own in styles/ uses it too.",
        ),
    ),
    "D607": _error(
        (
            "in {file} leidt een koppeling nergens heen: {target}",
            "kijk in de bron of de eigen styles/ of '{target}' bestaat.",
        ),
        (
            "in {file} a link leads nowhere: {target}",
            "see in the source or your own styles/ whether '{target}' exists.",
        ),
    ),
    "D608": _error(
        ("{file} heeft als titel '{found}'; verwacht was '{expected}'", _LOST_NL),
        ("{file} has the title '{found}'; expected was '{expected}'", _LOST_EN),
    ),
    "D609": _error(
        ("{file} zegt als taal '{found}'; verwacht was '{expected}'", _LOST_NL),
        ("{file} states the language '{found}'; expected was '{expected}'", _LOST_EN),
    ),
    "D610": _lost("de kop", "the heading"),
    "D611": _lost("de tekst", "the text"),
    "D612": _lost("de figuur met bijschrift", "the figure with caption"),
    "D613": _lost("de tabelrij", "the table row"),
    "D614": _lost("het kader", "the box"),
    "D615": _lost("de bronverwijzing", "the citation"),
    "D616": _lost("de bron", "the reference"),
    "D617": _lost("de noot", "the note"),
    "D618": _lost("de alternatieve tekst", "the alternative text"),
    "D619": _lost("de koppeling", "the link"),
    "D649": _lost("de formule", "the formula"),
    "D621": _lost("de tabel met bijschrift", "the table with caption"),
    "D622": _error(
        ("in '{path}' staat geen gebouwde uitgave: {reason}", "noem een map in output/ met een manifest.json."),
        ("there is no built edition in '{path}': {reason}", "name a folder in output/ that has a manifest.json."),
    ),
    "D623": _error(
        ("{file}: {found} × {kind}; volgens het manifest {expected}", "bouw de uitgave opnieuw."),
        ("{file}: {found} × {kind}; according to the manifest {expected}", "build the edition again."),
    ),
    "D624": _error(
        ("{file} ontbreekt of is niet het bestand dat gebouwd is", "zet het terug of bouw de uitgave opnieuw."),
        ("{file} is missing or is not the file that was built", "put it back, or build the edition again."),
    ),
    "D625": _error(
        (
            "{file} zegt te voldoen aan '{found}'; volgens het manifest aan '{expected}'",
            "bouw de uitgave opnieuw.",
        ),
        (
            "{file} says that it conforms to '{found}'; according to the manifest to '{expected}'",
            "build the edition again.",
        ),
    ),
    "D626": _error(
        ("{file}: {tool} meldt {message}", "zoek de plaats in de bron of in de eigen styles/, en bouw opnieuw."),
        ("{file}: {tool} reports {message}", "find the place in the source or in your own styles/, and build again."),
    ),
    "D627": _error(
        ("{tool} is niet tot een uitslag gekomen; de melding is '{reason}'", "kijk of {tool} los te starten is."),
        ("{tool} came to no result: {reason}", "see whether {tool} can be started by itself."),
    ),
    "D628": _error(
        (
            "in {file} staat iets dat bij de lezer wordt uitgevoerd: {what}",
            "haal het weg uit het eigen sjabloon of plaatje in styles/.",
        ),
        (
            "{file} holds something that runs at the reader's: {what}",
            "take it out of your own template or picture in styles/.",
        ),
    ),
    "D629": _error(
        (
            "in {file} ontbreekt de regel die uitvoeren en ophalen verbiedt",
            "neem in het eigen sjabloon de regel met Content-Security-Policy over uit styles/html/ van dossierbuild.",
        ),
        (
            "{file} lacks the line that forbids it to run and to fetch things",
            "take the line with Content-Security-Policy from dossierbuild's styles/html/ into your own template.",
        ),
    ),
    "D630": _error(
        (
            "bij een tweede keer bouwen, op een andere plek en anders ingericht, kwam er iets anders uit: {file}",
            "meld dit bij de makers van dossierbuild, met dit dossier; het ligt niet aan de tekst.",
        ),
        (
            "a second build, in another place and with other settings, came out otherwise: {file}",
            "tell the makers of dossierbuild, with this dossier; the text is not to blame.",
        ),
    ),
    "D631": _note(
        (
            "niet meer in deze uitgave: {files}",
            "dit was van een eerdere tekst of anders gemaakt. Bouw zonder --only en --format; dan komt het er weer in, van "
            "de tekst zoals die nu is.",
        ),
        (
            "no longer in this edition: {files}",
            "it was of an earlier text or made otherwise. Build without --only and --format; then it is in it again, of "
            "the text as it is.",
        ),
    ),
    "D632": _error(
        (
            "{file} staat in SHA256SUMS en is geen bestand van deze uitgave",
            "bouw de uitgave opnieuw, en kijk wie het er neerzette.",
        ),
        (
            "{file} stands in SHA256SUMS and is no file of this edition",
            "build the edition again, and see who put it there.",
        ),
    ),
    "D633": _note(
        (
            "dit staat ook in de map en hoort niet bij de uitgave: {files}",
            "zet het ergens anders neer als het niet mee moet naar de lezers.",
        ),
        (
            "this stands in the folder too and is not of the edition: {files}",
            "put it elsewhere if readers are not to get it.",
        ),
    ),
    "D634": _error(
        (
            "{file} is geen gewoon bestand, maar een koppeling, pijp of apparaat",
            "haal het weg voor u de map verspreidt; een koppeling kan bestanden van elders meenemen.",
        ),
        (
            "{file} is no plain file, but a link, a pipe or a device",
            "take it away before you distribute the folder; a link may bring files from elsewhere along.",
        ),
    ),
    "D635": _error(
        (
            "in {file} zit iets dat niet bij het boek hoort: {name}",
            "bouw de uitgave opnieuw, en kijk wie het bestand veranderde.",
        ),
        (
            "{file} holds something that is not of the book: {name}",
            "build the edition again, and see who changed the file.",
        ),
    ),
    "D620": _error(
        ("in {file} staat '{text}' {found} keer; in de bron {expected} keer", _LOST_NL),
        ("in {file} '{text}' stands {found} times; in the source {expected} times", _LOST_EN),
    ),
}

IMPORTING = {
    "D801": _error(
        (
            "in deze map staat geen boek: er is geen .qmd, .Rmd of .md",
            "noem de map waarin _quarto.yml, _bookdown.yml of de Markdownbestanden staan.",
        ),
        (
            "this folder holds no book: there is no .qmd, .Rmd or .md",
            "name the folder that holds _quarto.yml, _bookdown.yml or the Markdown files.",
        ),
    ),
    "D802": _error(
        ("'{path}' is er al", "kies een map die nog niet bestaat; er is niets veranderd."),
        ("'{path}' is there already", "choose a folder that does not exist yet; nothing has changed."),
    ),
    "D803": _warning(
        (
            "het boek noemt '{path}', maar dat bestand is er niet",
            "zet het bestand in de map en importeer opnieuw, of schrijf het hoofdstuk zelf.",
        ),
        (
            "the book names '{path}', but that file does not exist",
            "put the file in the folder and import again, or write the chapter yourself.",
        ),
    ),
    "D804": _warning(
        (
            "deze instellingen zijn vanaf hier niet te lezen: {reason}",
            "vul wat ontbreekt zelf in dossier.yaml in; alleen regels met een sleutel en een waarde zijn overgenomen.",
        ),
        (
            "these settings cannot be read from here: {reason}",
            "fill in what is lacking in dossier.yaml; only lines with a key and a value were taken.",
        ),
    ),
    "D805": _note(
        (
            "'{path}' hoort niet bij het boek en is niet overgenomen",
            "hoort het er wel bij, zet het dan als hoofdstuk in de map chapters.",
        ),
        (
            "'{path}' is no part of the book and was not taken",
            "if it does belong to it, put it in the folder chapters.",
        ),
    ),
    "D806": _note(
        (
            "de sleutel '{key}' is niet overgenomen",
            "is het iets voor lezers, kijk dan in de handleiding waar het in dossier.yaml kan staan.",
        ),
        (
            "the key '{key}' was not taken",
            "if it is for readers, see in the manual where dossier.yaml can have it.",
        ),
    ),
    "D807": _warning(
        (
            "er staat geen datum bij die te lezen is; in dossier.yaml staat nu {date}",
            "zet de datum van de uitgave bij 'date' in dossier.yaml.",
        ),
        (
            "there is no date that can be read; dossier.yaml has {date} for the time being",
            "put the date of the edition at 'date' in dossier.yaml.",
        ),
    ),
    "D808": _note(
        (
            "de code '{label}' is weggelaten; code wordt niet uitgevoerd",
            "maakte zij iets voor lezers, zet dat er dan zelf in.",
        ),
        (
            "the code '{label}' was left out; no code is run",
            "if it made something for readers, put that in yourself.",
        ),
    ),
    "D809": _warning(
        (
            "de figuur van '{label}' is er niet; er staat een leeg vlak met het bijschrift",
            "maak het boek eerst zoals u gewend bent en importeer opnieuw, of zet het plaatje zelf in figures.",
        ),
        (
            "the figure of '{label}' is not there; an empty frame with the caption stands in its place",
            "make the book first as you always do and import again, or put the picture in figures yourself.",
        ),
    ),
    "D810": _warning(
        (
            "de tabel van '{label}' wordt door code gemaakt en is niet overgenomen",
            'schrijf op die plaats de tabel uit, of neem een csv-bestand: ::: {{.table data="x.csv"}}.',
        ),
        (
            "the table of '{label}' is made by code and was not taken",
            'write the table there, or take a CSV file: ::: {{.table data="x.csv"}}.',
        ),
    ),
    "D811": _warning(
        (
            "in deze zin rekent code iets uit: {excerpt}",
            "typ de uitkomst op de plaats van ?? en de code die erachter staat.",
        ),
        (
            "code works something out in this sentence: {excerpt}",
            "type the result in the place of ?? and the code behind it.",
        ),
    ),
    "D812": _warning(
        (
            "het plaatje '{path}' is er niet; er staat een leeg vlak met het bijschrift",
            "zet het plaatje in figures en verander het pad in de tekst.",
        ),
        (
            "the picture '{path}' does not exist; an empty frame with the caption stands in its place",
            "put the picture in figures and change the path in the text.",
        ),
    ),
    "D813": _warning(
        (
            "het plaatje staat op internet en is niet opgehaald: {path}",
            "sla het op in figures, als u het mag gebruiken, en verander het pad in de tekst.",
        ),
        (
            "the picture is on the internet and was not fetched: {path}",
            "save it in figures, if you may use it, and change the path in the text.",
        ),
    ),
    "D814": _warning(
        (
            "'{path}' is van een soort die niet op een scherm te tonen is",
            "sla het plaatje op als svg of png in figures en verander het pad in de tekst.",
        ),
        (
            "'{path}' is of a kind that a screen cannot show",
            "save the picture as SVG or PNG in figures and change the path in the text.",
        ),
    ),
    "D815": _warning(
        (
            "dit kan niet in Markdown en is weggelaten: {excerpt}",
            "schrijf wat lezers nodig hebben als tekst, tabel of figuur.",
        ),
        (
            "this cannot stand in Markdown and was left out: {excerpt}",
            "write what readers need as text, table or figure.",
        ),
    ),
    "D816": _note(
        ("HTML is weggelaten, de woorden zijn gebleven: {excerpt}", "kijk of de zin nog klopt."),
        ("HTML was left out, its words have stayed: {excerpt}", "see whether the sentence is still right."),
    ),
    "D817": _warning(
        (
            "deze LaTeX-opdracht is weggelaten, de woorden tussen de accolades zijn gebleven: {excerpt}",
            "kijk of de zin nog klopt.",
        ),
        (
            "this LaTeX command was left out, the words in its braces have stayed: {excerpt}",
            "see whether the sentence is still right.",
        ),
    ),
    "D818": _note(
        ("dit regelt dossierbuild zelf: {excerpt}", "u hoeft niets te doen."),
        ("dossierbuild sees to this itself: {excerpt}", "there is nothing to do."),
    ),
    "D819": _warning(
        (
            "wat hier zou staan, is niet bekend: {excerpt}",
            "schrijf zelf wat lezers nodig hebben.",
        ),
        ("what would stand here is not known: {excerpt}", "write what readers need yourself."),
    ),
    "D820": _warning(
        (
            "dit is alleen voor een andere vorm dan de webpagina en is weggelaten: {format}",
            "zet de tekst erbij als alle lezers haar nodig hebben.",
        ),
        (
            "this is for another form than the web page only and was left out: {format}",
            "put the text in if all readers need it.",
        ),
    ),
    "D821": _note(
        (
            "het blok '{kind}' is hier niet bekend; de tekst is gebleven, zonder kader",
            "wilt u een kader, gebruik dan ::: {{.attention}}, ::: {{.practice}}, ::: {{.definition}} of ::: {{.quote}}.",
        ),
        (
            "the block '{kind}' is not known here; its text has stayed, without a box",
            "if you want a box, use ::: {{.attention}}, ::: {{.practice}}, ::: {{.definition}} or ::: {{.quote}}.",
        ),
    ),
    "D823": _note(
        ("van dit plaatje is weggelaten: {names}", "kijk of lezers er iets door missen."),
        ("this was left out of the picture: {names}", "see whether readers miss anything."),
    ),
    "D824": _warning(
        (
            "een verwijzing naar '{name}', en dat is er niet of heeft geen nummer",
            "zet op de plaats van ?? een verwijzing naar wat u bedoelt: [](#id).",
        ),
        (
            "a reference to '{name}', which is not there or has no number",
            "put a reference to what you mean in the place of ??: [](#id).",
        ),
    ),
    "D825": _warning(
        (
            "'{key}' staat niet in de bronnenlijst en is gewone tekst geworden",
            "is het een bron, zet haar dan in de lijst en haal de \\ voor de @ weg.",
        ),
        (
            "'{key}' is not in the reference list and became plain text",
            "if it is a source, put it in the list and take out the \\ before the @.",
        ),
    ),
    "D826": _warning(
        (
            "de bronnenlijst '{path}' is er niet, of past niet bij de eerste",
            "zet de bronnen in één lijst en noem die bij 'references' in dossier.yaml.",
        ),
        (
            "the reference list '{path}' is not there, or cannot go with the first",
            "put the sources in one list and name it at 'references' in dossier.yaml.",
        ),
    ),
    "D827": _warning(
        (
            "de citatiestijl '{path}' is er niet; het dossier heeft nu apa",
            "noem in dossier.yaml bij 'citations' een andere stijl, of zet het csl-bestand in het dossier.",
        ),
        (
            "the citation style '{path}' is not there; the dossier has apa for the time being",
            "name another style at 'citations' in dossier.yaml, or put the CSL file in the dossier.",
        ),
    ),
    "D828": _note(
        ("de naam '{name}' is al gebruikt of kan niet; hier is hij '{id}'", "u hoeft niets te doen."),
        ("the name '{name}' is in use or not possible; here it is '{id}'", "there is nothing to do."),
    ),
    "D829": _warning(
        (
            "'{path}' zou hier worden ingevoegd, maar is er niet of voegt zichzelf in",
            "zet de tekst zelf in het hoofdstuk.",
        ),
        (
            "'{path}' would be included here, but is not there or includes itself",
            "put the text in the chapter yourself.",
        ),
    ),
    "D830": _note(
        ("een opmerking die lezers niet zien is weggelaten: {excerpt}", "u hoeft niets te doen."),
        ("a comment that readers do not see was left out: {excerpt}", "there is nothing to do."),
    ),
    "D831": _note(
        ("'{title}' is weggelaten: dossierbuild maakt de bronnenlijst", "u hoeft niets te doen."),
        ("'{title}' was left out: dossierbuild makes the reference list", "there is nothing to do."),
    ),
    "D832": _note(
        (
            "de tekst voor de eerste kop is een hoofdstuk geworden: '{title}'",
            "geef het een betere kop, of zet de tekst bij een ander hoofdstuk.",
        ),
        (
            "the text before the first heading became a chapter: '{title}'",
            "give it a better heading, or put the text in another chapter.",
        ),
    ),
    "D833": _warning(
        (
            "onder '{title}' bleef geen tekst over; het is geen hoofdstuk geworden",
            "schrijf het zelf, als het nodig is.",
        ),
        ("no text was left below '{title}'; it became no chapter", "write it yourself, if it is needed."),
    ),
    "D836": _warning(
        (
            "de koppeling naar het bestand '{path}' is weg; de woorden zijn gebleven",
            "zet het bestand op een webpagina en verwijs daarheen.",
        ),
        (
            "the link to the file '{path}' is gone; its words have stayed",
            "put the file on a web page and link to that.",
        ),
    ),
    "D838": _note(
        (
            "het woord '{word}' voor het register staat bij geen woord en is weggelaten",
            "zet het bij een woord in de tekst: [woord]{{.index}}.",
        ),
        (
            "the entry '{word}' of the index stands at no word and was left out",
            "put it at a word of the text: [word]{{.index}}.",
        ),
    ),
    "D839": _error(
        (
            "{server} is niet te bereiken: {reason}",
            "kijk of deze computer een netwerk heeft, of vul de bron zelf in; al het andere werkt zonder netwerk.",
        ),
        (
            "{server} cannot be reached: {reason}",
            "see whether this machine has a network, or write the entry yourself; all else works without one.",
        ),
    ),
    "D840": _error(
        (
            "'{value}' is geen DOI, ISBN of nummer van PubMed",
            "typ bijvoorbeeld 10.1000/xyz123, 978-90-13-14877-0 of pmid:12345678.",
        ),
        (
            "'{value}' is no DOI, ISBN or PubMed number",
            "type 10.1000/xyz123, 978-90-13-14877-0 or pmid:12345678, for example.",
        ),
    ),
    "D841": _error(
        ("{server} kent geen werk met nummer {number}", "kijk het nummer na, of vul de bron zelf in."),
        ("{server} knows no work with the number {number}", "check the number, or write the entry yourself."),
    ),
    "D842": _error(
        (
            "het antwoord van {server} over {number} is niet te lezen",
            "probeer het later nog eens, of vul de bron zelf in.",
        ),
        ("the answer of {server} about {number} cannot be read", "try again later, or write the entry yourself."),
    ),
    "D843": _note(
        (
            "in '{path}' kan de bron niet vanzelf worden gezet: {reason}",
            "neem de getoonde bron zelf over in die lijst, of maak er met 'dossierbuild references' een .yaml van.",
        ),
        (
            "the source cannot be put into '{path}': {reason}",
            "take the entry shown over into that list yourself, or turn it into .yaml with 'dossierbuild references'.",
        ),
    ),
    "D844": _note(
        ("niet zeker: {reason}", "kijk het na in het werk zelf, en pas zo nodig de bron aan."),
        ("not sure: {reason}", "look it up in the work itself, and mend the entry where needed."),
    ),
    "D845": _error(
        (
            "'{value}' is geen adres van een server die gevraagd mag worden",
            "geef achter --server een adres dat met https:// begint, of laat het weg; http mag alleen op deze computer.",
        ),
        (
            "'{value}' is no address of a server that may be asked",
            "name behind --server an address that begins with https://, or leave it out; http only on this machine.",
        ),
    ),
    "D846": _error(
        (
            "het document heeft wijzigingen die nog niet zijn aanvaard of verworpen: {insertions} keer ingevoegd, {deletions} keer verwijderd",
            "kies: met --changes accept worden ze aanvaard, met --changes reject verworpen; het document zelf blijft zoals het is.",
        ),
        (
            "the document has changes that were not yet accepted or rejected: {insertions} times inserted, {deletions} times deleted",
            "choose: --changes accept accepts them, --changes reject rejects them; the document itself stays as it is.",
        ),
    ),
    "D847": _warning(
        (
            "'{text}' lijkt een kop en is er een van niveau {level} geworden",
            "kijk of dat klopt; met --headings styles worden alleen koppen met een kopstijl koppen.",
        ),
        (
            "'{text}' looks like a heading and became one of level {level}",
            "see whether that is right; with --headings styles only headings with a heading style become headings.",
        ),
    ),
    "D848": _warning(
        (
            "het document heeft geen koppen; alles staat in één hoofdstuk",
            "geef de koppen in Word een kopstijl en importeer opnieuw, of zet in de tekst # en ## voor de koppen.",
        ),
        (
            "the document has no headings; all of it is one chapter",
            "give the headings a heading style in Word and import again, or put # and ## before the headings in the text.",
        ),
    ),
    "D849": _note(
        (
            "opmerking van {author} bij '{text}': {comment}",
            "opmerkingen worden getoond en nergens bewaard.",
        ),
        (
            "comment of {author} at '{text}': {comment}",
            "comments are shown and kept nowhere.",
        ),
    ),
    "D850": _note(
        (
            "het document heeft opmerkingen ({count}), waarvan afgehandeld: {resolved}",
            "zij zijn bij het importeren getoond en nergens bewaard.",
        ),
        (
            "the document has comments ({count}), of which resolved: {resolved}",
            "they were shown while it was imported, and are kept nowhere.",
        ),
    ),
    "D851": _warning(
        (
            "het document heeft verborgen tekst (woorden: {count}); die is weggelaten",
            "hoort zij erbij, maak haar in Word dan zichtbaar en importeer opnieuw.",
        ),
        (
            "the document has hidden text (words: {count}); it was left out",
            "if it belongs to the text, make it visible in Word and import again.",
        ),
    ),
    "D852": _warning(
        (
            "het bestand heeft {held} {kind}, en hiervan zijn er {came} overgenomen",
            "zoek in Word wat ontbreekt; in kop- en voetteksten en in voorbladen van Word staat soms iets dat geen tekst is.",
        ),
        (
            "the file has {held} {kind}, of which {came} were brought in",
            "look in Word for what is lacking; headers, footers and cover pages of Word may hold what is no text.",
        ),
    ),
    "D853": _warning(
        (
            "dit kan niet worden overgenomen ({kind}), bij '{text}'",
            "maak er in Word een plaatje van (kopiëren, plakken speciaal) en importeer opnieuw, of schrijf wat lezers nodig hebben.",
        ),
        (
            "this cannot be brought in ({kind}), at '{text}'",
            "make a picture of it in Word (copy, paste special) and import again, or write what readers need.",
        ),
    ),
    "D854": _warning(
        (
            "deze grafiek ({kind}) kan hier niet worden getekend; de cijfers staan in {path}",
            "maak er zelf een .chart of .table van; de handleiding noemt de soorten.",
        ),
        (
            "this chart ({kind}) cannot be drawn here; its numbers are in {path}",
            "make a .chart or .table of it; the manual lists the kinds.",
        ),
    ),
    "D855": _warning(
        (
            "deze tekst bij een plaatje heeft Word zelf gemaakt: '{alt}'",
            "schrijf bij alt wat er te zien is.",
        ),
        (
            "Word made this text alternative by itself: '{alt}'",
            "write at alt what is to be seen.",
        ),
    ),
    "D856": _warning(
        (
            "bij dit bijschrift staat geen figuur of tabel: '{text}'",
            "het is een gewone alinea geworden; zet het bij wat het beschrijft.",
        ),
        (
            "no figure or table stands at this caption: '{text}'",
            "it became a plain paragraph; put it at what it describes.",
        ),
    ),
    "D857": _warning(
        (
            "dit is het nummer van een bladzijde van het Word-document: {text}",
            "verwijs naar een kop, figuur of tabel: [](#id).",
        ),
        (
            "this is the number of a page of the Word document: {text}",
            "refer to a heading, figure or table: [](#id).",
        ),
    ),
    "D858": _warning(
        (
            "deze verwijzing leidt niet naar een kop, figuur of tabel en is gewone tekst geworden: '{text}'",
            "zet er [](#id) voor in de plaats.",
        ),
        (
            "this reference leads to no heading, figure or table and became plain text: '{text}'",
            "put [](#id) in its place.",
        ),
    ),
    "D859": _warning(
        (
            "dit plaatje ({kind}) kan niet worden getoond: '{text}'",
            "sla het in Word op als png en zet het in figures; voor EMF en WMF moet LibreOffice op deze computer staan.",
        ),
        (
            "this picture ({kind}) cannot be shown: '{text}'",
            "save it as PNG in Word and put it in figures; EMF and WMF need LibreOffice on this computer.",
        ),
    ),
    "D860": _note(
        (
            "volgens Word is dit in een andere taal ({language}): '{text}'",
            "kijk of dat klopt; voorleessoftware leest het dan zo.",
        ),
        (
            "according to Word this is in another language ({language}): '{text}'",
            "see whether that is right; screen readers will read it so.",
        ),
    ),
    "D861": _warning(
        (
            "deze formule kan hier niet worden gezet; alleen de tekens ervan zijn overgenomen: {letters}",
            "typ de formule tussen dollartekens; zie formules.md.",
        ),
        (
            "this formula cannot be set here; only its letters were brought in: {letters}",
            "type the formula between dollar signs; see formules.md.",
        ),
    ),
    "D862": _note(
        (
            "de markeerstift bij '{text}' is niet overgenomen",
            "was het een herinnering, kijk dan of die nog nodig is.",
        ),
        (
            "the highlighting of '{text}' was not brought in",
            "if it was a reminder, see whether it is still needed.",
        ),
    ),
    "D863": _note(
        (
            "'{key}' in dossier.yaml komt niet uit een stijl op het voorblad, maar van hoe het eruitziet of uit de eigenschappen van het bestand: {value}",
            "kijk of het klopt.",
        ),
        (
            "'{key}' in dossier.yaml does not come from a style on the cover but from how it looks or from the properties of the file: {value}",
            "see whether it is right.",
        ),
    ),
    "D864": _note(
        (
            "een tekstvak is een kader geworden: '{text}'",
            "kijk of het op de goede plaats staat en of 'attention' het goede soort kader is.",
        ),
        (
            "a text box became a box: '{text}'",
            "see whether it stands in the right place, and whether 'attention' is the right kind of box.",
        ),
    ),
    "D865": _warning(
        (
            "een tabel in een tabel is een rij alinea's geworden: '{text}'",
            "maak er een tabel onder de andere van.",
        ),
        (
            "a table within a table became a row of paragraphs: '{text}'",
            "make a table below the other of it.",
        ),
    ),
    "D866": _note(
        (
            "dit stond op het voorblad en is niet overgenomen: '{text}'",
            "hoort het in de colofon, zet het dan in dossier.yaml.",
        ),
        (
            "this stood on the cover and was not brought in: '{text}'",
            "if it belongs in the colophon, put it in dossier.yaml.",
        ),
    ),
}

# D9: Word documents, and comments.
WORD = {
    "D867": _warning(
        (
            "de koppeling naar '{target}' bij '{text}' is niet overgenomen; haar woorden wel",
            "een tekst kan alleen verwijzen naar een adres op internet of een e-mailadres; zet dat erbij als lezers het nodig "
            "hebben.",
        ),
        (
            "the link to '{target}' at '{text}' was not brought in, its words were",
            "a text can only lead to an address on the internet or of e-mail; add that if readers need it.",
        ),
    ),
    "D868": _warning(
        (
            "een plaatje zit niet in het document zelf: {path}",
            "het staat elders of ontbreekt, en er is niets opgehaald. Voeg het in Word in en importeer opnieuw, of zet het in "
            "figures en in de tekst.",
        ),
        (
            "a picture is not in the document itself: {path}",
            "it is elsewhere or lacking, and nothing was fetched. Insert it in Word and import again, or put it into figures "
            "and the text.",
        ),
    ),
    "D870": _warning(
        (
            "een verwijzing van {writer} is niet te lezen en blijft gewone tekst: '{text}'",
            "zet er zelf een verwijzing met een sleutel voor in de plaats, bijvoorbeeld [@jansen2021].",
        ),
        (
            "a citation of {writer} cannot be read and stays plain text: '{text}'",
            "write a citation with a key in its place yourself, for example [@jansen2021].",
        ),
    ),
    "D871": _warning(
        (
            "over een verwijzing van {writer} is heen getypt: er staat '{typed}', en {writer} maakte '{text}'",
            "de verwijzing is gebleven zoals {writer} die maakte; zet wat u daarin mist erbij, bijvoorbeeld "
            "[@jansen2021, p. 3].",
        ),
        (
            "someone typed over a citation of {writer}: it reads '{typed}', and {writer} made '{text}'",
            "the citation stays as {writer} made it; add what you miss in it, for example [@jansen2021, p. 3].",
        ),
    ),
    "D872": _note(
        (
            "een verwijzing van {writer} is met de hand veranderd: er staat '{typed}', en {writer} maakte '{text}'",
            "de verandering is overgenomen in de verwijzing; kijk of die zo klopt.",
        ),
        (
            "a citation of {writer} was changed by hand: it reads '{typed}', and {writer} made '{text}'",
            "the citation has this change; see whether it is right.",
        ),
    ),
    "D873": _warning(
        (
            "een verwijzing van {writer} noemt '{key}', maar die bron zit niet in het document; '{text}' blijft gewone "
            "tekst",
            "zet de bron in references.yaml en een verwijzing met de sleutel ervan in de tekst.",
        ),
        (
            "a citation of {writer} names '{key}', but the document does not hold that work; '{text}' stays plain text",
            "put the work in references.yaml and a citation with its key in the text.",
        ),
    ),
    "D874": _note(
        (
            "twee verwijzingen verschillen in '{field}' van bron '{key}': '{value}' en '{other}'",
            "in de lijst staat '{value}', dat het meeste zegt; verander het als het andere klopt.",
        ),
        (
            "two citations differ in '{field}' of the work '{key}': '{value}' and '{other}'",
            "the list has '{value}', which says most; change it if the other is right.",
        ),
    ),
    "D901": _error(
        (
            "wat er van '{path}' verstuurd is, staat niet in dit dossier",
            "noem met --base het document zoals het verstuurd is, of met --dossier het dossier waar het uit komt; wat "
            "'dossierbuild word out' verstuurt, bewaart het in de map .word.",
        ),
        (
            "what was sent of '{path}' is not in this dossier",
            "name with --base the document as it was sent, or with --dossier the dossier that it is from; what "
            "'dossierbuild word out' sends it keeps in the folder .word.",
        ),
    ),
    "D902": _error(
        (
            "dit document is van '{text}', en die tekst is er niet meer in dit dossier",
            "zet het bestand terug op zijn plaats, of haal de wijzigingen met de hand over.",
        ),
        (
            "this document is of '{text}', and that text is no longer in this dossier",
            "put the file back in its place, or take the changes over by hand.",
        ),
    ),
    "D903": _error(
        (
            "in dit document is over bijgehouden wijzigingen nog niet beslist; het zijn er {count}",
            "neem ze in Word aan of wijs ze af; of kies hier voor alle tegelijk met --changes accept of --changes reject.",
        ),
        (
            "this document holds tracked changes that are not decided on: {count}",
            "accept or reject them in Word; or decide on all of them here with --changes accept or --changes reject.",
        ),
    ),
    "D904": _note(
        ("opmerking van {author}: '{text}'", "de opmerking staat alleen hier en niet in de tekst."),
        ("comment of {author}: '{text}'", "the comment is here only and not in the text."),
    ),
    "D905": _note(
        (
            "opmerking van {author} zonder plaats in de tekst: '{text}'",
            "de woorden waar zij bij stond, zijn weg of staan in een vaste regel.",
        ),
        (
            "comment of {author} without a place in the text: '{text}'",
            "the words that it stood at are gone or in a fixed line.",
        ),
    ),
    "D906": _note(
        (
            "opmerkingen in dit document: {count}; met een plaats: {placed}, zonder plaats: {unplaced}, afgehandeld: "
            "{resolved}",
            "afgehandelde opmerkingen worden alleen geteld.",
        ),
        (
            "comments in this document: {count}; with a place: {placed}, without a place: {unplaced}, resolved: {resolved}",
            "resolved comments are counted only.",
        ),
    ),
    "D907": _warning(
        (
            "over '{sent}' is '{returned}' getypt; de verwijzing is gebleven zoals zij was",
            "verander de verwijzing in de tekst als er iets anders bedoeld is; wat zij laat zien, komt uit de bronnenlijst.",
        ),
        (
            "'{returned}' was typed over '{sent}'; the reference has stayed as it was",
            "change the reference in the text if something else is meant; what it shows comes from the list of works.",
        ),
    ),
    "D908": _warning(
        (
            "hier is in de tekst en in Word iets anders veranderd: in de tekst staat '{ours}', in Word '{theirs}'",
            "de tekst is gebleven. Met --take word {block} komt er wat in Word staat; met --take ours {block} blijft het zo.",
        ),
        (
            "here the text and Word were changed in different ways: the text has '{ours}', Word has '{theirs}'",
            "the text has stayed. With --take word {block} it gets what Word has; with --take ours {block} it stays.",
        ),
    ),
    "D909": _warning(
        (
            "in een vaste regel is getypt: daar staat nu '{returned}' en er stond '{sent}'; die woorden zijn niet overgenomen",
            "zet ze in de tekst op hun plaats als ze erin horen.",
        ),
        (
            "somebody typed in a fixed line: it says '{returned}' and said '{sent}'; those words were not taken over",
            "put them in their place in the text if they belong in it.",
        ),
    ),
    "D910": _note(
        (
            "van dit kader is in Word het begin of het einde weggehaald; het is teruggezet: '{text}'",
            "haal in Word beide randen weg als het kader weg moet.",
        ),
        (
            "the beginning or the end of this box was deleted in Word; it was put back: '{text}'",
            "delete both borders in Word if the box is to go.",
        ),
    ),
    "D911": _warning(
        (
            "het bijschrift '{text}' is in Word leeggemaakt; het is gebleven",
            "verander het in de tekst, of haal in Word ook weg waar het bij hoort.",
        ),
        (
            "the caption '{text}' was emptied in Word; it has stayed",
            "change it in the text, or delete in Word what it belongs to as well.",
        ),
    ),
    "D912": _error(
        (
            "wat er in de tekst zou komen, leest niet als wat er in Word staat: '{text}'",
            "er is van dit document niets overgenomen. Schrijf deze alinea in Word anders, of haal haar met de hand over.",
        ),
        (
            "what would come into the text does not read as what is in Word: '{text}'",
            "nothing of this document was taken over. Write this paragraph in Word in another way, or take it over by hand.",
        ),
    ),
    "D913": _warning(
        (
            "de wijzigingen in deze tabel zijn niet overgenomen: {reason}",
            "verander de tabel in de tekst zelf.",
        ),
        ("the changes in this table were not taken over: {reason}", "change the table in the text itself."),
    ),
    "D914": _warning(
        (
            "in Word is iets ingevoegd dat niet over kan komen: {what}",
            "zet het in de tekst zoals het handboek zegt.",
        ),
        ("something was inserted in Word that cannot come along: {what}", "put it into the text as the manual says."),
    ),
    "D915": _warning(
        (
            "de afbeelding '{name}' is niet overgenomen: zij is geen PNG of JPEG",
            "bewaar haar als PNG of JPEG en voeg haar opnieuw in.",
        ),
        (
            "the picture '{name}' was not taken over: it is no PNG or JPEG",
            "save it as PNG or JPEG and insert it again.",
        ),
    ),
    "D916": _note(
        (
            "het programma waarin dit document bewaard is, heeft iets niet bewaard dat erin stond: {what}; dat is gebleven",
            "kijk na of er niets van weg moest.",
        ),
        (
            "the program that saved this document did not keep something that was in it: {what}; that has stayed",
            "see whether any of it was to go.",
        ),
    ),
    "D917": _error(
        (
            "'{text}' zou meer dan de helft van zijn woorden verliezen: {before} worden er {after}",
            "kijk of het hele hoofdstuk in dit document staat; is het zo bedoeld, geef dan --force.",
        ),
        (
            "'{text}' would lose more than half of its words: {before} become {after}",
            "see whether the whole chapter is in this document; if it is meant, give --force.",
        ),
    ),
    "D918": _note(
        (
            "in Word is een nieuwe bron aangehaald, die in de bronnenlijst komt als '{key}': {title}",
            "kijk de gegevens van deze bron na.",
        ),
        (
            "a new work was cited in Word, which goes into the list of works as '{key}': {title}",
            "look at the details of this work.",
        ),
    ),
    "D919": _warning(
        (
            "van een verwijzing die in Word is ingevoegd, is de bron niet te lezen: '{text}'; er staat wat zij laat zien",
            "zet de bron in de bronnenlijst en de sleutel in de tekst.",
        ),
        (
            "the work of a citation that was inserted in Word cannot be read: '{text}'; the text has what it shows",
            "put the work into the list of works and the key into the text.",
        ),
    ),
    "D920": _error(
        (
            "'{block}' is geen plek in deze teksten waar de tekst en Word elkaar tegenspreken",
            "kies een plek die in een melding D908 staat; hier is nu: {known}.",
        ),
        (
            "'{block}' is no place in these texts at which the text and Word contradict each other",
            "choose a place that a message D908 names; here there is: {known}.",
        ),
    ),
    "D921": _note(
        (
            "met wat in Word is weggehaald, is ook dit weg: {names}",
            "zet het in de tekst terug als er nog naar verwezen wordt.",
        ),
        (
            "this went with what was deleted in Word: {names}",
            "put it back in the text if something still refers to it.",
        ),
    ),
    "D922": _warning(
        (
            "in Word is weggehaald wat hier getoond wordt, en het bijschrift niet: '{text}'; het is gebleven",
            "haal in Word ook het bijschrift weg als het weg moet.",
        ),
        (
            "what is shown here was deleted in Word and its caption was not: '{text}'; it has stayed",
            "delete the caption in Word as well if it is to go.",
        ),
    ),
    "D930": _error(
        (
            "'{name}' is niet één tekst van dit dossier",
            "bedoelde u '{nearest}'? Noem een tekst bij zijn pad in het dossier, zijn bestandsnaam of zijn id: {known}.",
        ),
        (
            "'{name}' is not one text of this dossier",
            "did you mean '{nearest}'? Name a text by its path in the dossier, its file name or its id: {known}.",
        ),
    ),
    "D931": _error(
        (
            "'{path}' is er al, en is niet zoals het verstuurd is: er kan in gewerkt zijn",
            "haal het werk terug met 'dossierbuild word in', geef dat bestand een andere naam, of kies een andere map met "
            "--output; er is niets overschreven.",
        ),
        (
            "'{path}' is there already, and is not as it was sent: somebody may have worked in it",
            "bring the work back with 'dossierbuild word in', rename that file, or choose another folder with --output; "
            "nothing was overwritten.",
        ),
    ),
    "D940": _remark(
        (
            "{comment} op bladzijde {page} bij '{words}': {text}",
            "pas de tekst hier aan, of laat haar zoals zij is. Let op: {doubt}.",
        ),
        (
            "{comment} on page {page} at '{words}': {text}",
            "change the text here, or leave it as it is. Note: {doubt}.",
        ),
    ),
    "D941": _remark(
        ("antwoord van {author}: {text}", "het hoort bij de opmerking die hierboven staat."),
        ("answer by {author}: {text}", "it belongs to the comment above."),
    ),
    "D942": _remark(
        (
            "{comment} op bladzijde {page}{where}: {text}",
            "in de bronnen is de plaats niet gevonden: zoek haar met deze bladzijde van de pdf.",
        ),
        (
            "{comment} on page {page}{where}: {text}",
            "its place in the sources was not found: look for it with this page of the PDF.",
        ),
    ),
    "D943": _note(
        (
            "deze pdf is niet gemaakt van '{dossier}' zoals het nu is: {reason}",
            "de plaatsen zijn met de woorden van de pdf gezocht. Hoort hij bij een ander dossier, noem dat dan met "
            "--dossier.",
        ),
        (
            "this PDF was not made of '{dossier}' as it is now: {reason}",
            "places were sought with the words of the PDF. If it is of another dossier, name that with --dossier.",
        ),
    ),
    "D944": _error(
        (
            "de opmerkingen in '{path}' zijn niet te lezen",
            "kijk of het een pdf is die opengaat. Haal een wachtwoord eraf, en sla hem opnieuw op.",
        ),
        (
            "the comments in '{path}' cannot be read: {reason}",
            "see whether it is a PDF that opens. Take off a password, and save it again.",
        ),
    ),
    "D945": _error(
        (
            "dit is geen Word-document dat gelezen kan worden: {reason}",
            "open het bestand in Word, kies 'Opslaan als' en dan 'Word-document (*.docx)', en geef dat bestand op.",
        ),
        (
            "this is no Word document that can be read: {reason}",
            "open the file in Word, choose 'Save As' and then 'Word Document (*.docx)', and name that file.",
        ),
    ),
    "D946": _error(
        (
            "dit bestand is niet geopend: {reason}",
            "een gewoon document komt hier niet in de buurt. Vraag de afzender hoe het gemaakt is; maak grote beelden "
            "kleiner, of verdeel een heel groot document over een paar bestanden.",
        ),
        (
            "this file was not opened: {reason}",
            "an ordinary document comes nowhere near this. Ask who sent it how it was made; make large pictures smaller, "
            "or divide a very large document over a few files.",
        ),
    ),
    "D947": _error(
        (
            "dit Word-document is beschadigd, bij {part}: '{text}'",
            "open het in Word, laat Word het herstellen, bewaar het opnieuw en geef dat bestand op.",
        ),
        (
            "this Word document is damaged, at {part}: '{text}'",
            "open it in Word, let Word repair it, save it again and name that file.",
        ),
    ),
    "D880": _note(
        (
            "niet zeker van bron '{key}': {fields}",
            "kijk deze velden na en haal dan 'note' weg, waarin staat wat er getypt was: {typed}",
        ),
        (
            "not sure of source '{key}': {fields}",
            "look at these fields, then remove 'note', which has what was typed: {typed}",
        ),
    ),
    "D881": _warning(
        (
            "deze bron is niet in APA getypt en is als één tekst overgenomen: {typed}",
            "typ de bron als 'Jansen, A. (2019). Titel. Uitgever.' en zet de lijst opnieuw om, of vul de velden zelf in.",
        ),
        (
            "this source was not typed in APA and is taken over as one text: {typed}",
            "type it as 'Jansen, A. (2019). Title. Publisher.' and convert the list again, or fill in the fields yourself.",
        ),
    ),
    "D882": _warning(
        (
            "in bron '{key}' hebben woorden geen eigen plaats gekregen: {words}",
            "zet ze in het goede veld, of laat ze weg als ze niets zeggen; getypt was: {typed}",
        ),
        (
            "in source '{key}' words have come into no field of their own: {words}",
            "put them into the right field, or leave them out when they say nothing; this was typed: {typed}",
        ),
    ),
    "D883": _note(
        (
            "bron '{key}' stond achter een andere in dezelfde alinea en is apart overgenomen",
            "kijk of dit echt een eigen bron is: {typed}",
        ),
        (
            "source '{key}' stood behind another one in the same paragraph and is taken over by itself",
            "see whether this is a source of its own: {typed}",
        ),
    ),
}

CATALOGUE = MappingProxyType(STRUCTURE | CITATIONS | ASSETS | STYLES | RENDERING | VERIFICATION | IMPORTING | WORD)
