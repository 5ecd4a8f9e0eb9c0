"""Publishers as typed entries name them, with or without the place before them."""

from __future__ import annotations

import re

from dossierbuild.core.names import Organisation, looks_like_organisation, name_of
from dossierbuild.core.spelling import one_form
from dossierbuild.stages.transcribe.entry import Found, Line, found
from dossierbuild.stages.transcribe.titles import segments

_PLACED = re.compile(
    r"(?P<place>[A-ZÀ-Þ’'][\w.’' -]{1,30}(?:(?:, | & | en | and |/| / |-)[A-ZÀ-Þ][\w.’' -]{1,25}){0,3}): ?"
    r"(?P<name>\S.*)\Z"
)
_LEGAL_FORM = re.compile(r", (?:Inc|Ltd|LLC|BV|B\.V|NV|N\.V|vzw)\.?\Z", re.IGNORECASE)
_TOWNS = frozenset(
    """
    aalst almere amersfoort amsterdam antwerpen apeldoorn arnhem assen baarn bilthoven boston breda brugge
    brussel bussum cambridge chicago delft den~bosch den~haag deventer diemen dordrecht ede eindhoven enschede
    genève geneva gent gouda groningen haarlem hasselt heerlen hilversum hoofddorp houten kampen kortrijk
    leeuwarden leiden lelystad leuven londen london maastricht mechelen middelburg new~york nieuwegein nijmegen
    oxford parijs paris ’s-gravenhage ’s-hertogenbosch rijswijk rotterdam tilburg utrecht venlo voorburg
    wageningen zaandam zeist zoetermeer zutphen zwolle
    """.split()
)
_PUBLISHING = re.compile(
    r"\b(?:uitgever(?:s|ij|ijen)?|university press|press|publish(?:ers|ing)|publications|books|verlag|\w{0,20}pers|"
    r"boeken)\b",
    re.IGNORECASE,
)
_HOUSES = frozenset(
    """
    acco aksant ambo anthos ambo|anthos arbeiderspers atlas balans blackwell bohn bohn~stafleu~van~loghum boom
    boom~lemma boom~juridisch boom~nelissen coutinho cossee cyclus datawyse de~bezige~bij dekker~&~van~de~vegt
    die~keure eburon edward~elgar elsevier epo garant gompel~&~svacina harlekijn hogrefe houghton~mifflin
    intersentia jossey-bass klement kluwer knopf kok kosmos lannoo lannoocampus lemma lemniscaat maklu macmillan
    mcgraw-hill mcgraw-hill~education meulenhoff nai010 nelissen nieuwezijds nijgh~&~van~ditmar noordhoff
    norton w.w.~norton w.~w.~norton palgrave palgrave~macmillan pearson pearson~benelux pelckmans penguin politeia
    polity prometheus querido reed~business routledge sage sage~publications samsom scriptum sdu semper~agendo sijthoff
    spectrum springer sun swp swp~publishers taylor~&~francis tirion thema van~gennep van~gorcum van~halewyck
    vangennep verso vantilt walburg wiley wiley-blackwell wolters~kluwer wolters-noordhoff academic~press
    guilford guilford~press basic~books free~press harper harpercollins aspekt skandalon ten~have bert~bakker
    contact atlas~contact de~geus podium fontaine elikser gottmer het~spectrum erlbaum lawrence~erlbaum plenum
    """.replace("~", "\u00a0").split()
)
_INSTITUTES = frozenset(
    """
    cbs scp rivm wrr cpb pbl wodc nji nivel movisie trimbos-instituut vng tno rmo rvs raad~voor~cultuur ser knaw cvd
    verwey-jonker~instituut vilans pharos rutgers platform31 kcwz nza igj zonmw rathenau~instituut clingendael
    mulier~instituut boekmanstichting amnesty oecd oesd who unicef unesco unhcr eurostat europese~commissie rekenhof
    kenniscentrum~who steunpunt~wvg samenlevingsopbouw sociaal~en~cultureel~planbureau centraal~planbureau swov crow
    centraal~bureau~voor~de~statistiek regioplan significant ecorys panteia berenschot kwink sardes oberon nro pon
    kinderombudsman algemene~rekenkamer nederlands~jeugdinstituut zorginstituut~nederland divosa aedes
    nationaal~coördinator~terrorismebestrijding~en~veiligheid vereniging~van~nederlandse~gemeenten gezondheidsraad
    world~health~organization world~bank vluchtelingenwerk~nederland politie~en~wetenschap onderwijsraad inholland
    """.replace("~", "\u00a0").split()
)


def is_house(name: str) -> bool:
    """Whether a publisher publishes books for a living, as far as its name tells."""
    return _key(name) in _HOUSES or bool(_PUBLISHING.search(name))


def is_institute(name: str) -> bool:
    """Whether a publisher is an institute, a council or an authority, whose publications are reports."""
    named = isinstance(name_of(name), Organisation) and " " in name and not is_house(name)
    return _key(name) in _INSTITUTES or named or looks_like_organisation(name_of(name, organisation=False))


def is_known_institute(name: str) -> bool:
    """Whether a publisher is an institute by its name in full."""
    return _key(name) in _INSTITUTES


def _key(name: str) -> str:
    return "\u00a0".join(name.casefold().removeprefix("uitgeverij ").split())


def is_placed(text: str) -> bool:
    """Whether a text is a place with a publisher behind it: "Utrecht: Movisie"."""
    placed = _PLACED.match(text.strip(" ."))
    if placed is None or re.search(r"\w{3}\. ", placed["place"]):
        return False
    return len(placed["name"].split()) <= 9 and len(placed["place"].split()) <= 5


def read_publisher(line: Line) -> Found:
    """The publisher that a line names and nothing else; unsure where it may also be something else."""
    parts = segments(line)
    if not parts:
        return Found()
    text = line.stripped(" ,;:").text.lstrip(". ")
    if len(parts) > 1 and not is_placed(text):
        return read_publisher(parts[0]).doubted("publisher", "container-title")
    if placed := _PLACED.match(text):
        sure = is_placed(text) and len(parts) == 1
        name = one_form(_stopped(placed["name"]))
        if is_house(placed["place"]):
            return found(["publisher", "publisher-place"], publisher=one_form(placed["place"]), publisher_place=name)
        return found([] if sure else ["publisher"], publisher=name, publisher_place=one_form(placed["place"]))
    name = one_form(_stopped(text))
    first, _, last = name.partition(", ")
    if _is_town(name):
        return found(["publisher", "publisher-place"], publisher_place=name)
    if _is_town(last) and first:
        return found(publisher=first, publisher_place=last)
    if _is_town(first) and last:
        unsure = [] if is_house(last) or is_known_institute(last) else ["publisher", "publisher-place"]
        return found(unsure, publisher=last, publisher_place=first)
    return found([] if _is_sure(name) else ["publisher"], publisher=name)


def _is_town(text: str) -> bool:
    return "~".join(text.casefold().split()) in _TOWNS


def _is_sure(name: str) -> bool:
    """Whether a name without a place is a publisher's: a single word that is not known may be a town as well."""
    known = is_house(name) or is_known_institute(name) or any(map(str.isupper, name[1:]))
    whole = "," not in _LEGAL_FORM.sub("", name) and len(name.split()) <= 9 and name[:1].isupper()
    return whole and (known or " " in name or "-" in name or "/" in name)


def _stopped(text: str) -> str:
    """A name without the full stop behind it, but for that of an abbreviation."""
    return (
        text
        if re.search(r"(?:\b[A-Z]|Inc|Co|Ltd)\.\Z", text) and not re.search(r"[a-z]{2}[A-Z]?\.\Z", text)
        else text.rstrip(" .")
    )
