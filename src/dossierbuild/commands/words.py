"""What the commands say to people who run them, in Dutch and English: help, closing lines and the words around them.

A text of help goes by the words that it explains: `build` a command, `build --output` an option of one command,
`--language` an option that says the same wherever it is. Problems have their texts in `core/catalogue.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.legible import legible


def words(name: str, language: Language, /, **values: object) -> str:
    """The text of this name in a language, with its values filled in as they can be shown."""
    return WORDS[name][language].format_map({key: legible(str(value)) for key, value in values.items()})


def asked_language(typed: Sequence[str]) -> Language | None:
    """The language that --language asks for on a command line, however it is written there."""
    asked = re.findall(r"\0--language[\0=](nl|en)(?=\0|\Z)", "".join(f"\0{word}" for word in typed))
    return Language(asked[-1]) if asked else None


def has_words(name: str) -> bool:
    return name in WORDS


def _both(nl: str, en: str) -> MappingProxyType[Language, str]:
    return MappingProxyType({Language.NL: nl, Language.EN: en})


_HELP = MappingProxyType(
    {
        "dossierbuild": _both(
            "Maakt uit één stel bronnen een dossier, de samenvatting en de infographic, elk als pdf, webpagina en e-boek, met "
            "overal dezelfde verwijzingen.",
            "Makes a dossier, its summary and its infographic from one set of sources, each as PDF, HTML and EPUB, with the "
            "same citations everywhere.",
        ),
        "usage": _both("gebruik: ", "usage: "),
        "arguments": _both("argumenten", "arguments"),
        "options": _both("opties", "options"),
        "wrong use": _both("onjuist gebruik", "error"),
        "did you mean": _both("Bedoelde u '{near}'?", "Did you mean '{near}'?"),
        "no such value": _both(
            "'{value}' kan niet bij {word}; mogelijk zijn: {known}.",
            "'{value}' cannot be used for {word}; possible are: {known}.",
        ),
        "no such number": _both(
            "bij {word} hoort een getal van 0 tot en met {most}, niet '{value}'.",
            "{word} takes a number from 0 to {most}, not '{value}'.",
        ),
        "no value wanted": _both("bij {word} hoort geen waarde ('{value}').", "{word} takes no value ('{value}')."),
        "value wanted": _both("achter {word} ontbreekt een waarde.", "{word} lacks a value."),
        "lacking": _both("er ontbreekt: {word}.", "this is lacking: {word}."),
        "no such option": _both("de optie {value} is er niet.", "there is no option {value}."),
        "one too many": _both("'{value}' is een woord te veel.", "'{value}' is a word too many."),
        "other": _both("{value}", "{value}."),
        "examples": _both("voorbeelden", "examples"),
        "commands": _both("opdrachten", "commands"),
        "examples build": _both(
            "  {program} build                                  wat in sources/ staat, naar output/\n"
            "  {program} build mijn-dossier --only dossier      één publicatie\n"
            "  {program} build mijn-dossier --format pdf --draft",
            "  {program} build                                  what is in sources/, into output/\n"
            "  {program} build my-dossier --only dossier        one publication\n"
            "  {program} build my-dossier --format pdf --draft",
        ),
        "examples check": _both("  {program} check mijn-dossier", "  {program} check my-dossier"),
        "examples new": _both("  {program} new mijn-dossier", "  {program} new my-dossier"),
        "examples tidy": _both(
            "  {program} tidy mijn-dossier/chapters/*.md        toont wat er zou veranderen\n"
            "  {program} tidy mijn-dossier/chapters/*.md --write",
            "  {program} tidy my-dossier/chapters/*.md          shows what would change\n"
            "  {program} tidy my-dossier/chapters/*.md --write",
        ),
        "examples cite": _both(
            "  {program} cite mijn-dossier/chapters/*.md        toont wat er zou veranderen\n"
            "  {program} cite mijn-dossier/chapters/*.md --write",
            "  {program} cite my-dossier/chapters/*.md          shows what would change\n"
            "  {program} cite my-dossier/chapters/*.md --write",
        ),
        "examples comments": _both(
            "  {program} comments teruggekregen.pdf --dossier mijn-dossier",
            "  {program} comments returned.pdf --dossier my-dossier",
        ),
        "examples references": _both(
            "  {program} references zotero.bib --output mijn-dossier/references.yaml",
            "  {program} references zotero.bib --output my-dossier/references.yaml",
        ),
        "examples source": _both(
            "  {program} source 10.1000/xyz123 --dossier mijn-dossier\n"
            "  {program} source 978-90-13-14877-0 --dossier mijn-dossier --write",
            "  {program} source 10.1000/xyz123 --dossier my-dossier\n"
            "  {program} source 978-90-13-14877-0 --dossier my-dossier --write",
        ),
        "examples verify": _both("  {program} verify output/mijn-dossier", "  {program} verify output/my-dossier"),
        "examples proof": _both("  {program} proof output/mijn-dossier", "  {program} proof output/my-dossier"),
        "COMMAND": _both("OPDRACHT", "COMMAND"),
        "ending": _both(
            "De opties van een opdracht staan in: {program} OPDRACHT --help\n"
            "exitcodes: 0 goed, 2 onjuist gebruik, 3 problemen in de bronnen, 4 een gemaakt bestand is afgekeurd,\n"
            "5 een programma ontbreekt of kon zijn werk niet doen",
            "The options of a command are in: {program} COMMAND --help\n"
            "exit codes: 0 good, 2 wrong use, 3 problems in the sources, 4 an output failed its verification,\n"
            "5 a tool is missing or could not do its work",
        ),
        "group building": _both("bouwen", "build"),
        "group editing": _both("redigeren", "edit"),
        "group distributing": _both("verspreiden", "distribute"),
        "--help": _both("deze uitleg", "this help"),
        "--version": _both("het versienummer", "the version"),
        "--language": _both(
            "taal van de meldingen: nl of en (standaard: die van het dossier of de editie)",
            "language of the messages: nl or en (default: that of the dossier or edition)",
        ),
        "--format-problems": _both(
            "problemen als text of als json: op de foutuitvoer per regel een object, en verder niets (standaard: text)",
            "problems as text or as json: one object a line on standard error, and nothing else there (default: text)",
        ),
        "build": _both("maakt de publicaties", "make the publications"),
        "about build": _both(
            "Maakt alle publicaties van een dossier. Er komt niets op zijn plaats voordat elk bestand gemaakt en nagekeken is.",
            "Makes all publications of a dossier. Nothing is put in place unless every file is made and verified.",
        ),
        "check": _both("meldt elk probleem in de bronnen", "report every problem in the sources"),
        "about check": _both(
            "Meldt elk probleem in de bronnen van een dossier, met de plaats en de oplossing; maakt niets.",
            "Reports every problem in a dossier's sources, with its place and how to mend it; makes nothing.",
        ),
        "dossier": _both(
            "map met een dossier.yaml (standaard: sources)", "folder with a dossier.yaml (default: sources)"
        ),
        "build --output": _both(
            "map voor wat er gemaakt wordt (standaard: output)", "where to put them (default: output)"
        ),
        "--only": _both("alleen deze publicatie; mag vaker worden gegeven", "only this publication; may be repeated"),
        "--format": _both("alleen dit formaat; mag vaker worden gegeven", "only this format; may be repeated"),
        "--theme": _both("een ander thema uit styles/themes", "another theme from styles/themes"),
        "--twice": _both(
            "bouw nog eens onder andere omstandigheden en vergelijk elke byte",
            "build it again under other circumstances and compare every byte",
        ),
        "--jobs": _both(
            "werk met N processen (standaard: één per kern)", "work in N processes (default: one per core)"
        ),
        "--fresh": _both("maak alles opnieuw, zonder wat bewaard is", "make everything anew, without what was kept"),
        "--explain": _both(
            "zeg van alles waarom het gemaakt of hergebruikt is", "say why each thing was made or reused"
        ),
        "--draft": _both(
            "waarschuwingen houden niets tegen; hoofdstukken die niet af zijn, worden gemerkt",
            "warnings do not stop; unfinished chapters are marked",
        ),
        "--previous": _both(
            "manifest.json van de vorige editie: meld welke bronnen voortaan anders heten",
            "manifest.json of the previous edition: tell which works are called otherwise now",
        ),
        "--retractions": _both(
            "csv-bestand van Crossref (Retraction Watch): meld welke bronnen ingetrokken of gecorrigeerd zijn",
            "CSV file of Crossref (Retraction Watch): tell which works were retracted or corrected",
        ),
        "new": _both("begint een dossier", "start a dossier"),
        "about new": _both(
            "Begint een klein dossier dat meteen te bouwen is.", "Starts a small dossier that builds at once."
        ),
        "folder": _both("een map die nog niet bestaat, of leeg is", "a folder that does not exist yet, or is empty"),
        "new --language": _both(
            "taal van het dossier en de meldingen: nl of en (standaard: nl)",
            "language of the dossier and the messages: nl or en (default: nl)",
        ),
        "import": _both(
            "maakt van een boek of Word-document een dossier", "turn a book or a Word document into a dossier"
        ),
        "about import": _both(
            "Maakt van een Word-document (.docx), of van een boek in Quarto, bookdown of gewone Markdown, een nieuw dossier. "
            "Er wordt geen code uitgevoerd en niets opgehaald; het boek blijft zoals het is. Wat niet mee kan, wordt gemeld "
            "met de plaats in het boek of het nummer van de alinea, en staat in import.log in het nieuwe dossier. Namen van "
            "wie opmerkingen maakten, worden getoond en nergens bewaard.",
            "Turns a Word document (.docx), or a book of Quarto, bookdown or plain Markdown, into a new dossier. No code is "
            "run and nothing is fetched; the book stays as it is. What cannot be taken is told with its place in the book "
            "or the number of its paragraph, and stands in import.log in the new dossier. Names of those who made comments "
            "are shown and kept nowhere.",
        ),
        "examples import": _both(
            "  {program} import rapport.docx mijn-dossier       een Word-document\n"
            "  {program} import mijn-boek mijn-dossier          een map met _quarto.yml, _bookdown.yml of .md-bestanden",
            "  {program} import report.docx my-dossier          a Word document\n"
            "  {program} import my-book my-dossier              a folder with _quarto.yml, _bookdown.yml or .md files",
        ),
        "import book": _both("de map van het boek, of een Word-document", "the folder of the book, or a Word document"),
        "import --changes": _both(
            "bijgehouden wijzigingen in Word aanvaarden of verwerpen: accept of reject",
            "accept or reject tracked changes of Word: accept or reject",
        ),
        "import --headings": _both(
            "koppen in Word: alleen wat een kopstijl heeft (styles), of ook wat op een kop lijkt (guess); standaard guess als "
            "er geen kopstijlen zijn",
            "headings in Word: only what has a heading style (styles), or also what looks like one (guess); by default "
            "guess where there are no heading styles",
        ),
        "import new": _both(
            "de map van het dossier, die nog niet bestaat", "the folder of the dossier, which does not exist yet"
        ),
        "cite": _both("maakt sleutels van geplakte verwijzingen", "turn pasted citations into keys"),
        "about cite": _both(
            "Vindt verwijzingen die als gewone tekst in een tekst staan, en maakt sleutels van wat bij precies één werk uit "
            "de bronnenlijst past. Zonder --write is alleen de verandering te zien. Wat bij meer werken past of bij geen, "
            "blijft staan en wordt met zijn plaats genoemd; er wordt niets geraden.",
            "Finds citations that stand in a text as plain text, and turns those that fit exactly one work of the reference "
            "list into keys. Without --write it only shows the change. What fits several works or none stays as it is and "
            "is listed with its place; nothing is guessed.",
        ),
        "cite file": _both(
            "een hoofdstuk of samenvatting (.md), of een infographic (.yaml)",
            "a chapter or summary (.md), or an infographic (.yaml)",
        ),
        "comments": _both(
            "noemt de opmerkingen in een pdf, met hun plaats", "list the comments in a PDF, with their places"
        ),
        "about comments": _both(
            "Noemt wat mensen in een pdf van het dossier hebben gemarkeerd, doorgehaald, getypt of geantwoord, elk bij het "
            "bestand, de regel en de kolom waar die woorden in de bronnen staan. Wat geen plaats heeft, staat bij zijn "
            "bladzijde. Er verandert niets, en namen worden nergens bewaard. Wat bij een beoordeling is afgehandeld, wordt "
            "alleen geteld.",
            "Lists what people have highlighted, struck out, typed or answered in a PDF of the dossier, each with the file, "
            "line and column at which these words stand in the sources. What has no place is listed with its page. Nothing "
            "changes, and names are kept nowhere. What was settled in a review is counted only.",
        ),
        "comments file": _both("een pdf met opmerkingen erin", "a PDF with comments in it"),
        "comments --dossier": _both(
            "het dossier waarvan de pdf is gemaakt (standaard: dat om FILE heen, anders dat van de map waar u staat)",
            "the dossier that the PDF was made of (default: the one around FILE, else that of the folder you are in)",
        ),
        "--dossier": _both(
            "het dossier met de bronnenlijst (standaard: dat van FILE)",
            "the dossier with the reference list (default: that of FILE)",
        ),
        "cite --write": _both(
            "verander de bestanden, in plaats van de verandering te tonen",
            "change the files, instead of showing the change",
        ),
        "tidy": _both("schrijft geplakte tekst zoals zij bedoeld is", "write pasted text as it was meant"),
        "about tidy": _both(
            "Vindt wat uit Word, Excel of een pdf geplakt is en anders gelezen wordt dan bedoeld: opsommingstekens, lijsten en "
            "tabellen als tekst, koppen zonder spatie, getypte nummers van noten en figuren, aanhalingstekens, dubbele spaties. "
            "Wat zeker is, wordt goed geschreven; zonder --write is alleen de verandering te zien. Wat niet zeker is, blijft "
            "staan en wordt met zijn plaats genoemd. Al het andere blijft teken voor teken zoals het was.",
            "Finds what was pasted from Word, Excel or a PDF and is read otherwise than meant: bullets, lists and tables as "
            "text, headings without a space, typed numbers of notes and figures, quotation marks, double spaces. What is sure "
            "is written as it should be; without --write it only shows the change. What is not sure stays as it is and is "
            "listed with its place. All else stays as it was, character for character.",
        ),
        "tidy file": _both(
            "een hoofdstuk of samenvatting (.md), of een infographic (.yaml)",
            "a chapter or summary (.md), or an infographic (.yaml)",
        ),
        "tidy --dossier": _both(
            "het dossier waarnaar de tekst verwijst (standaard: dat van FILE)",
            "the dossier that the text refers to (default: that of FILE)",
        ),
        "tidy --write": _both(
            "verander de bestanden, in plaats van de verandering te tonen",
            "change the files, instead of showing the change",
        ),
        "references": _both(
            "maakt van een bronnenlijst verzorgde CSL-YAML", "turn a reference list into tidy CSL-YAML"
        ),
        "about references": _both(
            "Zet een bronnenlijst (.yaml, .json, .bib of .ris) om in verzorgde CSL-YAML, en meldt waar het niet zeker van "
            "was: verplaatste tussenvoegsels, organisaties die gesplitst lijken, onleesbare data, velden die ontbreken, "
            "nummers en adressen die niet kunnen kloppen, werken die er tweemaal staan. Exitcode 3: er ontbreekt iets, omdat "
            "het niet te lezen was. Ook een lijst die in APA getypt is (.txt of .md, een bron per regel of alinea, *cursief* "
            "tussen sterretjes) wordt zo een lijst; wat de tekst niet zeker maakt, wordt per veld gemeld.",
            "Turns a reference list (.yaml, .json, .bib or .ris) into tidy CSL-YAML, and tells what it was unsure of: "
            "particles it moved, organisations that look split, dates it could not read, fields that lack, numbers and "
            "addresses that cannot be right, works that stand there twice. Exit code 3: something is lacking in the result, "
            "because it could not be read. A list that was typed in APA (.txt or .md, a source a line or a paragraph, "
            "*italics* between stars) becomes such a list too; what its text leaves unsure is told field by field.",
        ),
        "references file": _both(
            "een bronnenlijst: .yaml, .json, .bib of .ris; of een getypte: .txt of .md",
            "a reference list: .yaml, .json, .bib or .ris; or a typed one: .txt or .md",
        ),
        "references --output": _both(
            "schrijf naar dit bestand in plaats van naar de standaarduitvoer; van een bestand dat er al is, is zonder --write "
            "alleen de verandering te zien",
            "write to this file instead of standard output; of a file that is there already only the change is shown "
            "without --write",
        ),
        "references --write": _both(
            "verander het bestand van --output als het er al is", "change the file of --output if it is there already"
        ),
        "references --language": _both(
            "taal van de meldingen: nl of en (standaard: nl)", "language of the messages: nl or en (default: nl)"
        ),
        "source": _both("maakt een bron van een DOI, ISBN of PMID", "make a source of a DOI, ISBN or PMID"),
        "about source": _both(
            "Zoekt een werk op bij doi.org (DOI), Open Library (ISBN) of PubMed (PMID) en toont het als bron voor de "
            "bronnenlijst, met wat niet zeker is. Alleen deze opdracht gebruikt het netwerk. Met --write komt de bron achter "
            "in de lijst; al het andere in die lijst blijft zoals het was.",
            "Looks up a work at doi.org (DOI), Open Library (ISBN) or PubMed (PMID) and shows it as an entry of the reference "
            "list, with what is not sure. Only this command uses the network. With --write the entry comes at the end of the "
            "list; all else in that list stays as it was.",
        ),
        "number": _both(
            "een DOI, een ISBN of een nummer van PubMed, ook als adres",
            "a DOI, an ISBN or a PubMed number, or its address",
        ),
        "source --dossier": _both(
            "het dossier met de bronnenlijst (standaard: dat van deze map)",
            "the dossier with the reference list (default: that of this folder)",
        ),
        "--server": _both(
            "vraag het aan deze server (https, of http op deze computer)",
            "ask this server instead (https, or http on this machine)",
        ),
        "source --write": _both(
            "zet de bron in de lijst, in plaats van haar te tonen", "put it in the list, instead of showing it"
        ),
        "about word": _both(
            "Teksten die in Word nagekeken worden: uit het dossier, en terug.",
            "Texts that are revised in Word: out of the dossier, and back.",
        ),
        "word out": _both("maakt van teksten Word-documenten", "make Word documents of texts"),
        "about word out": _both(
            "Maakt van elk hoofdstuk en elke samenvatting een Word-document om in na te kijken, met bijgehouden wijzigingen en "
            "opmerkingen. Het dossier zelf verandert niet; wat verstuurd is, blijft er bewaard in de verborgen map .word.",
            "Makes of each chapter and summary a Word document to revise, with tracked changes and comments. The dossier itself "
            "does not change; what was sent is kept there in the hidden folder .word.",
        ),
        "examples word out": _both(
            "  {program} word out mijn-dossier                  alle teksten, naar output/word/\n"
            "  {program} word out mijn-dossier 02-de-wijk.md --output voor-anna",
            "  {program} word out my-dossier                    all texts, into output/word/\n"
            "  {program} word out my-dossier 02-the-town.md --output for-anna",
        ),
        "word out dossier": _both("map met een dossier.yaml", "folder with a dossier.yaml"),
        "chapter": _both(
            "een hoofdstuk of samenvatting: het pad in het dossier, de bestandsnaam of het id (standaard: alle)",
            "a chapter or summary: its path in the dossier, its file name or its id (default: all)",
        ),
        "word out --output": _both(
            "map voor de documenten (standaard: output/word)", "where to put the documents (default: output/word)"
        ),
        "--whole": _both("alle teksten in één document", "all texts in one document"),
        "word in": _both("haalt wijzigingen uit Word terug", "bring back what was changed in Word"),
        "about word in": _both(
            "Haalt terug wat in Word is veranderd: alleen die woorden veranderen in de tekst, en wat daar intussen zelf veranderd "
            "is, blijft staan. Laat eerst zien wat er zou veranderen, met de opmerkingen op hun plaats.",
            "Brings back what was changed in Word: only those words change in the text, and what was changed there meanwhile "
            "stays. Shows first what would change, with the comments at their places.",
        ),
        "examples word in": _both(
            "  {program} word in hoofdstuk.docx                        toont wat er zou veranderen\n"
            "  {program} word in hoofdstuk.docx --changes accept --write\n"
            "  {program} word in hoofdstuk.docx --dossier mijn-dossier --write",
            "  {program} word in chapter.docx                          shows what would change\n"
            "  {program} word in chapter.docx --changes accept --write\n"
            "  {program} word in chapter.docx --dossier my-dossier --write",
        ),
        "word in file": _both(
            "een Word-document dat met 'word out' is gemaakt", "a Word document that 'word out' made"
        ),
        "word in --dossier": _both(
            "het dossier waar de teksten in staan (standaard: dat van FILE, anders deze map)",
            "the dossier that the texts are in (default: that of FILE, else this folder)",
        ),
        "--changes": _both(
            "neem alle bijgehouden wijzigingen aan, of wijs ze alle af",
            "accept all tracked changes, or reject them all",
        ),
        "--take": _both(
            "waar tekst en Word elkaar tegenspreken: neem de woorden van Word (word) of houd die van de tekst (ours); mag vaker",
            "where text and Word contradict each other: take Word's words (word) or keep the text's (ours); may be repeated",
        ),
        "--base": _both(
            "het document zoals het verstuurd is, als het dossier dat niet heeft",
            "the document as it was sent, where the dossier does not have it",
        ),
        "--force": _both(
            "ook als een tekst meer dan de helft van zijn woorden verliest",
            "even if a text loses more than half of its words",
        ),
        "word in --write": _both(
            "verander de teksten, in plaats van de verandering te tonen",
            "change the texts, instead of showing the change",
        ),
        "verify": _both("kijkt een gebouwde editie opnieuw na", "open a built edition again and judge it"),
        "about verify": _both(
            "Opent de bestanden van een editie opnieuw, zonder de bronnen: controlegetallen, de inhoud van de formaten "
            "tegenover elkaar en het manifest, hoe bronnen heten, koppelingen, en dat niets van elders wordt opgehaald. Met "
            "--conformance ook de keuringsprogramma's die deze computer heeft (veraPDF, page-validation, EPUBCheck, Ace, Nu "
            "HTML Checker, axe), en welke er niet waren. Exitcode 4: iets is niet zoals het gebouwd is, of een "
            "keuringsprogramma heeft er iets op tegen.",
            "Opens the files of an edition again, without its sources: checksums, contents of the formats against each other "
            "and against the manifest, labels of citations, links, and that nothing is fetched from elsewhere. With "
            "--conformance it also runs the validators that this machine has (veraPDF, page-validation, EPUBCheck, Ace, Nu "
            "HTML Checker, axe) and says which were not there. Exit code 4: something is not as it was built, or a "
            "validator has something against it.",
        ),
        "edition": _both("map van een gebouwde editie: output/SLUG", "folder of a built edition: output/SLUG"),
        "--conformance": _both(
            "laat ook de keuringsprogramma's van deze computer oordelen",
            "run the validators that this machine has as well",
        ),
        "proof": _both(
            "toont alle pagina's van een gebouwde editie op vellen",
            "show all pages of a built edition on contact sheets",
        ),
        "about proof": _both(
            "Maakt afbeeldingen van elke pagina van elke publicatie van een gebouwde editie: de pagina's van elke pdf en, waar "
            "deze computer een Chromium heeft, de webpagina's op 320 en 1280 pixels en de e-boeken als op een e-reader. Zij "
            "komen op genummerde vellen, met één webpagina die alles toont, in de map OUTPUT-proof naast de editie.",
            "Makes pictures of every page of every publication of a built edition: the pages of each PDF and, where this "
            "machine has a Chromium, the web pages at 320 and 1280 pixels and the e-books as on an e-reader. They come on "
            "numbered contact sheets, with one HTML page that shows all, in the folder OUTPUT-proof beside the edition.",
        ),
    }
)

_SAID = MappingProxyType(
    {
        "counts": _both(
            "{error} fout(en), {warning} waarschuwing(en), {note} opmerking(en)",
            "{error} error(s), {warning} warning(s), {note} note(s)",
        ),
        "built": _both("{dossier}: {count} bestanden staan in {folder}", "{dossier}: {count} files are in {folder}"),
        "twice": _both(
            "{dossier}: tweemaal gebouwd, {count} bestanden byte voor byte gelijk; ze staan in {folder}",
            "{dossier}: built twice, {count} files the same byte for byte; they are in {folder}",
        ),
        "unchanged": _both(
            "{dossier}: niets veranderd; de bestanden in {folder} zijn actueel",
            "{dossier}: nothing changed; the files in {folder} are up to date",
        ),
        "checked": _both("{dossier}: geen problemen", "{dossier}: no problems"),
        "counted": _both("{dossier}: {counts}", "{dossier}: {counts}"),
        "stopped": _both("{dossier}: {counts}; er is niets gepubliceerd", "{dossier}: {counts}; nothing was published"),
        "step": _both(
            "stap {done} van minstens {begun}: {name}: {subject}", "step {done} of {begun} or more: {name}: {subject}"
        ),
        "step made": _both(
            "stap {done} van minstens {begun}: {name}: {subject} ({seconds} s)",
            "step {done} of {begun} or more: {name}: {subject} ({seconds} s)",
        ),
        "step: parse": _both("lezen", "parse"),
        "step: formulas": _both("formules tekenen", "draw formulas"),
        "step: style": _both("stijl", "style"),
        "step: rules": _both("regels nagaan", "rules"),
        "step: tidy": _both("plakfouten zoeken", "tidy"),
        "step: typed": _both("getypte bronnen zoeken", "typed citations"),
        "step: recognise": _both("bronnen herkennen", "recognise"),
        "step: labels": _both("aanduidingen", "labels"),
        "step: compose": _both("samenstellen", "compose"),
        "step: cite": _both("bronverwijzingen", "cite"),
        "step: insert": _both("invoegen", "insert"),
        "step: number": _both("noten nummeren", "number"),
        "step: draw": _both("tekenen", "draw"),
        "step: fit": _both("plaatjes passend maken", "fit"),
        "step: cover": _both("omslag", "cover"),
        "step: subset": _both("letters kiezen", "subset"),
        "step: write": _both("uitschrijven", "write"),
        "step: cut": _both("verdelen", "cut"),
        "step: lay out": _both("opmaken", "lay out"),
        "step: bind": _both("binden", "bind"),
        "step: render": _both("bestand maken", "render"),
        "step: picture": _both("afbeelding", "picture"),
        "step: social picture": _both("deelplaatje", "social picture"),
        "step: read back": _both("teruglezen", "read back"),
        "step: expect": _both("inhoud tellen", "expect"),
        "step: verify": _both("controleren", "verify"),
        "step: companions": _both("pagina’s erbij", "companions"),
        "step: comments": _both("opmerkingen lezen", "comments"),
        "step: locate": _both("plaatsen zoeken", "locate"),
        "step: send": _both("voor Word schrijven", "write for Word"),
        "step: versions": _both("versies", "versions"),
        "made": _both("gemaakt", "made"),
        "reused": _both("hergebruikt", "reused"),
        "unchanged step": _both("niets veranderd", "unchanged"),
        "fresh": _both("alles opnieuw", "fresh"),
        "first time": _both("voor het eerst", "first time"),
        "not kept": _both("niet bewaard", "not kept"),
        "changed": _both("veranderd: {parts}", "changed: {parts}"),
        "no cache": _both(
            "de cachemap {folder} is niet van u alleen of niet te gebruiken; er wordt niets uit gelezen of in bewaard",
            "the cache folder {folder} is not yours alone or cannot be used; nothing is read from it or kept in it",
        ),
        "started": _both(
            "{folder}: een nieuw dossier; bouw het met: {program} build {folder}",
            "{folder}: a new dossier; build it with: {program} build {folder}",
        ),
        "imported": _both(
            "{folder}: een nieuw dossier, {counts}; alle meldingen staan in {report}; verder met: {program} check {folder} --draft",
            "{folder}: a new dossier, {counts}; all messages are in {report}; go on with: {program} check {folder} --draft",
        ),
        "sent": _both(
            "{dossier}: {count} document(en) staan in {folder}; wat verstuurd is, blijft bewaard in {dossier}/.word",
            "{dossier}: {count} document(s) are in {folder}; what was sent is kept in {dossier}/.word",
        ),
        "brought": _both("{file}: overgenomen in {texts}", "{file}: taken over into {texts}"),
        "bringable": _both(
            "{file}: over te nemen in {texts}; met --write gebeurt het",
            "{file}: to be taken over into {texts}; --write does it",
        ),
        "unbrought": _both("{file}: niets te veranderen", "{file}: nothing to change"),
        "not brought": _both("{file}: er is niets overgenomen", "{file}: nothing was taken over"),
        "cited": _both("{file}: {count} verwijzing(en) omgezet", "{file}: {count} citation(s) turned into keys"),
        "citable": _both(
            "{file}: {count} verwijzing(en) om te zetten; met --write gebeurt het",
            "{file}: {count} citation(s) to turn into keys; --write does it",
        ),
        "uncited": _both("{file}: geen verwijzing om te zetten", "{file}: no citation to turn into a key"),
        "comments told": _both(
            "{file}: {count} opmerking(en): {placed} met een plaats in de bronnen, {unplaced} zonder, {settled} afgehandeld",
            "{file}: {count} comment(s): {placed} with a place in the sources, {unplaced} without, {settled} settled",
        ),
        "tidied": _both("{file}: {count} plaats(en) goed geschreven", "{file}: {count} place(s) written as meant"),
        "tidiable": _both(
            "{file}: {count} plaats(en) goed te schrijven; met --write gebeurt het",
            "{file}: {count} place(s) to write as meant; --write does it",
        ),
        "untidied": _both("{file}: niets te veranderen", "{file}: nothing to change"),
        "converted": _both(
            "{file}: {count} bron(nen) overgenomen, {counts}", "{file}: {count} source(s) taken over, {counts}"
        ),
        "standing": _both(
            "{file}: staat er al en is gelaten zoals het was; met --write verandert het",
            "{file}: is there already and was left as it was; --write changes it",
        ),
        "source shown": _both(
            "{file}: niet veranderd; met --write komt de bron erin", "{file}: unchanged; --write adds it"
        ),
        "source written": _both("{file}: de bron staat erin", "{file}: the source is in it"),
        "sound": _both(
            "{folder}: {files} bestanden, alles is zoals het gebouwd is",
            "{folder}: {files} files, all is as it was built",
        ),
        "unsound": _both("{folder}: {files} bestanden, {counts}", "{folder}: {files} files, {counts}"),
        "judged": _both(
            "{tool}: {files} bestand(en) gekeurd, {count} bevinding(en)",
            "{tool}: {files} file(s) judged, {count} finding(s)",
        ),
        "absent": _both(
            "{tool}: niet gevonden op deze computer, dus niet gekeurd",
            "{tool}: not found on this machine, so nothing was judged",
        ),
        "idle": _both("{tool}: geen bestanden om te keuren", "{tool}: no files to judge"),
        "proved": _both("{folder}: {count} vellen; open {page}", "{folder}: {count} sheets; open {page}"),
        "interrupted": _both("afgebroken; er is niets veranderd", "interrupted; nothing has changed"),
        "interrupted later": _both(
            "afgebroken; wat al klaar was, is op zijn plaats gezet", "interrupted; what was finished before is in place"
        ),
        "fault": _both(
            "dossierbuild heeft zelf een fout gemaakt; het ligt niet aan u. Wat er misging, staat in {path}",
            "dossierbuild itself has failed; it is no fault of yours. What went wrong is in {path}",
        ),
        "fault without trace": _both(
            "dossierbuild heeft zelf een fout gemaakt; het ligt niet aan u: {reason}",
            "dossierbuild itself has failed; it is no fault of yours: {reason}",
        ),
        "blind": _both(
            "geen Chromium gevonden op deze computer: de webpagina’s en e-boeken staan er niet bij",
            "no Chromium found on this machine: the web pages and e-books are left out",
        ),
    }
)

WORDS = MappingProxyType({**_HELP, **_SAID})
