"""The words that tell a citation from other things that end in a year, as data.

No word decides which work is meant: only the reference list does. The words keep "(Den Haag, 2021)" from being
reported, and let "Volgens Koeter (2022)" be read as a word and a name.
"""

from __future__ import annotations

JOINING = frozenset(
    "& en and et und of for the on voor van de der het in op bij aan uit tegen zonder met te to".split()
)
"""What may stand with a small letter in a name of an organisation, or between two names."""

SIGNALS = frozenset(
    """
    aldus alhoewel als anders andere bij bijv bijvoorbeeld binnen bovendien bron bronnen cf daarbij daarna daarnaast
    daarom dat dit door dus echter eerder een en evenals het hierin hierbij hoewel in later maar mede met na naar naast
    net nog o.a onder ondanks onlangs onder ook op opnieuw over recent recentelijk sinds tevens toch tegenover terwijl
    tussen uit van vanuit verder vergelijk vgl volgens voor waar waarbij want zelfs zie zo zoals zowel
    according after also although and as based but by cited compare e.g following for from however i.e like moreover
    see similarly since source that the this thus when where whereas while with
    """.split()
)
"""Words that have a capital at the beginning of a sentence and are no part of the name behind them."""

REPORTING = frozenset(
    """
    analyseert analyseerde analyseren beargumenteert beargumenteren bekijkt bekijken benadrukt benadrukken beschouwt
    beschouwen beschrijft beschreef beschrijven beschreven bespreekt bespreken betoogt betoogde betogen beveelt bevelen
    concludeert concludeerde concluderen constateert constateerde constateren definieert definieerde definiëren
    formuleert formuleren geeft geven hanteert hanteren introduceert introduceerde introduceren laat laten liet lieten
    meent menen merkt merken noemt noemde noemen noemden omschrijft omschrijven onderscheidt onderscheiden onderzocht
    onderzochten onderzoekt onderzoeken ontwikkelde ontwikkelden pleit pleitte pleiten schetst schetsen schreef schreven
    schrijft schrijven signaleert signaleren spreekt spreken sprak spraken stelt stelde stellen stelden toonde toonden
    toont tonen typeert typeren vat vatten vindt vinden vond vonden vraagt vragen wees wezen wijst wijzen zegt zeggen
    ziet zien zag zagen
    argue argues argued claim claims conclude concludes concluded define defines defined describe describes described
    emphasise emphasises emphasize emphasizes find finds found note notes noted point points propose proposes proposed
    report reports reported show shows showed state states stated suggest suggests suggested write writes wrote
    """.split()
)
"""Verbs with which a text says what a source says."""

INTRODUCING = frozenset("aldus volgens vgl zie cf according see".split())
"""Words with which a text brings in a source."""

NOT_A_SOURCE = frozenset(
    """
    afbeelding bijlage beeld deel figuur foto grafiek hoofdstuk kader noot paragraaf peildatum tabel versie
    appendix chapter figure section table
    januari februari maart april mei juni juli augustus september oktober november december
    january february march may june july august october
    lente voorjaar zomer najaar herfst winter spring summer autumn begin eind medio
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    aalst almelo almere alkmaar amersfoort amstelveen amsterdam antwerpen apeldoorn arnhem assen brabant breda brussel
    brussels delft deventer drenthe dordrecht ede eindhoven emmen enschede flevoland friesland fryslân gelderland gent
    gouda groningen haarlem haarlemmermeer heerlen helmond hengelo hilversum hoorn leeuwarden leiden lelystad leuven
    limburg londen maastricht middelburg nijmegen oss overijssel purmerend roermond rotterdam schiedam sittard tilburg
    twente utrecht venlo vlaanderen vlaardingen vlissingen wageningen zaandam zaanstad zeeland zoetermeer zutphen
    zwolle antwerp berlijn berlin leuven london parijs paris wenen
    belgië belgium duitsland denemarken engeland england europa europe finland frankrijk germany nederland netherlands
    noorwegen vlaanderen zweden
    """.split()
) | {"den haag", "den bosch", "’s-hertogenbosch", "noord-holland", "zuid-holland", "noord-brabant", "verenigde staten"}
"""Places, months and parts of a book: with a year behind them they are no sources."""

NOT_AN_AUTHOR = (
    "wet", "wetboek", "akkoord", "nota", "verdrag", "agenda", "regeling", "besluit", "programma", "monitor", "visie",
    "plan", "dag", "congres", "festival", "crisis", "pandemie", "oorlog", "verkiezingen", "feest", "toernooi",
)  # fmt: skip
"""Endings of words for things that are named with a year and that write nothing."""

TIMES = frozenset(
    "in sinds vanaf tot rond na voor tussen begin eind medio per circa ca since from until during".split()
)
"""Words before a time or place."""

BETWEEN = frozenset(
    """
    & + en et al ea cs c.s e.a anderen collegas collega team haar zijn hun red reds ed eds samenstelling
    ca circa anno jaar uit p pp blz pag pagina tabel nr
    januari februari maart april mei juni juli augustus september oktober november december
    """.split()
)
"""Words that may stand between the names of a work and its year, as they are compared."""

OTHERS_BESIDE = frozenset("+ ea cs anderen collegas collega team".split())
"""Words that say that a work has more authors than are named, as they are compared."""
