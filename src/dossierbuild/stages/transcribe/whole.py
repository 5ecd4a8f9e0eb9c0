"""Typed entries as works: the fields of each, its key, and what is to be told of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from dossierbuild.core.citation_keys import free_key, key_letters
from dossierbuild.core.names import Organisation
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.works import Work, WorkDate
from dossierbuild.stages.transcribe.accounting import missing_words, words_left, words_of
from dossierbuild.stages.transcribe.bodies import Body, read_body, read_container
from dossierbuild.stages.transcribe.containers import read_serial
from dossierbuild.stages.transcribe.dates import Issued, find_issued
from dossierbuild.stages.transcribe.entry import Found, Line, Transcribed, TypedEntry, Value, found, line_of
from dossierbuild.stages.transcribe.kinds import Signs, is_newspaper, kind_of
from dossierbuild.stages.transcribe.links import read_links
from dossierbuild.stages.transcribe.people import NOBODY, People, is_dashes, read_people
from dossierbuild.stages.transcribe.publishers import read_publisher
from dossierbuild.stages.transcribe.splitting import whole_entries
from dossierbuild.stages.transcribe.titles import groups_at_end, read_behind, read_original, read_title, segments

_BULLET = re.compile(r"(?:[•·▪‣◦*]|[-–] |\[?[0-9]{1,3}[\].)] )\s*")
_NOT_APA = re.compile(
    r"(?:kamerstuk|handelingen (?:i|ii|tweede|eerste)\b|staatsblad|staatscourant|stb\.|stcrt\.|ecli:|hr [0-9]|rb\.? |"
    r"wet (?:van|op|houdende)\b|besluit (?:van|houdende)\b|ibid|idem\b|zie |pb l\b|verordening \()",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?:[A-Z][\w-]{1,30} ){0,2}(?:wet|Wet|Grondwet|Wetboek|Besluit|Regeling|Verordening|Decreet|Koninklijk besluit)\b"
    r"(?! en| &)"
)
_HARVARD = re.compile(r"[‘'“\"][^‘’“”\"]{5,300}[’'”\"],|, (?:pp?|blz)\. ?[0-9]+[-–][0-9]+, [A-Z]")
_SENTENCE_INSIDE = re.compile(r"[a-zà-ÿ)]{2}\. [A-Z][a-z]{2}")
_LONGEST = 3_000
_LONGEST_HEAD = 900


def transcribe(entries: Iterable[TypedEntry], taken: frozenset[str]) -> tuple[Transcribed, ...]:
    """The works of a typed list in its order, with keys that are not among those `taken`.

    An entry that goes on in the next one is one work, and one in which two run together is two. Dashes in the place of
    authors stand for those of the entry before.
    """
    works: list[Transcribed] = []
    keys, before = set(taken), NOBODY
    for entry in whole_entries(entries):
        work, before = _transcribed(entry, keys, before)
        keys.add(work.key)
        works.append(work)
    return tuple(works)


def problems_of(works: Iterable[Transcribed]) -> Iterator[Problem]:
    """D880 to D883: fields that are not sure, an entry that is not in APA, words in no field, entries run together."""
    for work in works:
        if not work.apa:
            yield problem("D881", work.place, work.key, typed=work.typed)
            continue
        if work.parted:
            yield problem("D883", work.place, work.key, key=work.key, typed=work.typed)
        if work.unsure:
            yield problem("D880", work.place, work.key, key=work.key, fields=", ".join(work.unsure), typed=work.typed)
        if work.left:
            yield problem("D882", work.place, work.key, key=work.key, words=" ".join(work.left), typed=work.typed)


def proved(works: Iterable[Transcribed], printed: Mapping[str, str]) -> tuple[Transcribed, ...]:
    """The works, with what each lacks that was typed when it is `printed` again, by its key: words that were lost."""
    return tuple(_proved(work, printed.get(work.key, "")) for work in works)


def _proved(work: Transcribed, printed: str) -> Transcribed:
    missing = missing_words(work.typed, printed, work.work) if work.apa and printed else ()
    unseen = tuple(word for word in missing if word not in work.left)
    if not unseen:
        return work
    texts = tuple(sorted({**dict(work.work.texts), "note": work.typed}.items()))
    return dataclasses.replace(work, left=(*work.left, *unseen), work=dataclasses.replace(work.work, texts=texts))


def _transcribed(entry: TypedEntry, keys: set[str], before: People) -> tuple[Transcribed, People]:
    line = line_of(entry.runs)
    bullet = _BULLET.match(line.text)
    typed, line = line.text, line[bullet.end() :] if bullet else line
    issued = find_issued(line.text[:_LONGEST_HEAD])
    if issued is None or len(line.text) > _LONGEST or _NOT_APA.match(line.text):
        return _kept(entry, typed, keys), NOBODY
    if line.is_wholly_italic:
        line = line.upright  # italics of a whole entry tell nothing
    head, tail = line[: issued.start].stripped(" "), line[issued.end :]
    people = before if is_dashes(head.text) else _who(head, tail)
    body = tail.stripped(" .,;:")
    bare = not re.search(r"[^\W\d_]{2}", body.text)
    orphaned = is_dashes(head.text) and not before
    if not head or bare or orphaned or _HARVARD.match(body.text) or (not people.names and not _is_title(head)):
        return _kept(entry, typed, keys), NOBODY
    fields = _fields(head, people, issued, tail)
    return _work(entry, typed, fields, people, issued, keys), people


def _who(head: Line, tail: Line) -> People:
    """Who made the work that a date stands behind; `NOBODY` where its title stands there."""
    people = read_people(head.text)
    doubtful = len(people.names) == 1 and isinstance(people.names[0], Organisation) and not people.sure
    _, body = read_links(tail)
    untitled = doubtful and (not body.text.strip(" .") or _is_container(body))
    return NOBODY if head.is_italic or untitled else people


def _is_container(body: Line) -> bool:
    """Whether all that stands behind a date is a newspaper, or a journal with its numbers."""
    numbers = read_serial(body)
    name = numbers[1] if numbers else body
    return is_newspaper(name.text.strip(" .,")) or (numbers is not None and len(segments(name)) == 1)


def _is_title(head: Line) -> bool:
    """Whether what stands before a date is the title of a work without authors."""
    return head.is_italic or not _SENTENCE_INSIDE.search(head.text)


def _fields(head: Line, people: People, issued: Issued, tail: Line) -> Found:
    """All fields of an entry, with its type."""
    links, body = read_links(tail)
    original, body = read_original(body)
    read = _untitled(head, body) if not people.names else read_body(body)
    behind = read.behind
    dates = found([] if issued.sure else ["issued"], issued=issued.date, original_date=issued.original)
    unsure = [people.role, *(["title"] if _may_be_title(people) else [])]
    names = found([] if people.sure else unsure, **{people.role.replace("-", "_"): people.names})
    fields = names | dates | read.found | links | original
    signs = Signs(
        fields=fields,
        italic=read.italic,
        chapter=read.chapter,
        edited=read.edited,
        serial=read.serial,
        thesis=behind.thesis,
        report=behind.report,
        medium=behind.medium,
        organisation=bool(people.names) and all(isinstance(name, Organisation) for name in people.names),
        precision=_precision(issued.date),
    )
    kind, sure = ("legislation", False) if _LAW.match(head.text) else kind_of(signs)
    decided = bool(read.italic) or read.serial or read.edited or behind.thesis
    return _settled(fields, kind, sure=sure and decided)


def _may_be_title(people: People) -> bool:
    """Whether what stands before a date may also be the title of a work without authors."""
    return len(people.names) == 1 and isinstance(people.names[0], Organisation)


def _precision(date: WorkDate) -> int:
    """How many parts of a date are known; a year in words ("in druk") counts as a year."""
    return len(date.first) + bool(date.season) or bool(date.literal)


def _untitled(head: Line, body: Line) -> Body:
    """A work without authors, whose title stands before the date."""
    behind, name = groups_at_end(head.stripped(" ."))
    clear = head.is_italic or _is_container(body)
    title = found(["author"] if clear else ["author", "title", "container-title"], title=read_title(name))
    body = body.stripped(" .,;:")
    if not head.is_italic and (body.italics or read_serial(body) or is_newspaper(body.text.strip(" ."))):
        read = read_container(body)
        unsure = () if body.italics or is_newspaper(read.name) else ("container-title", "publisher")
        return dataclasses.replace(read, found=title | behind.found | read.found.doubted(*unsure), behind=behind)
    more, body = read_behind(body)
    publisher = read_publisher(body)
    publisher = publisher.doubted("publisher", "container-title") if body.text.strip(" .") else publisher
    behind = behind | more
    return Body(found=title | behind.found | publisher, italic="title" if head.is_italic else "", behind=behind)


def _settled(fields: Found, kind: str, *, sure: bool) -> Found:
    """The fields as a work of this type has them: a site is no publisher."""
    named, unsure = dict(fields.fields), set(fields.unsure)
    if kind in ("webpage", "post-weblog", "post") and "publisher" in named and "container-title" not in named:
        named["container-title"] = named.pop("publisher")
        unsure |= set() if sure else {"container-title"}
    elif not sure and "publisher" in named and "URL" in named:
        unsure |= {"publisher", "container-title"}
    if not sure:
        unsure.add("type")
    if "publisher" in unsure and "publisher-place" in named:
        unsure.add("publisher-place")
    return Found({**named, "type": kind}, frozenset(unsure))


def _work(entry: TypedEntry, typed: str, fields: Found, people: People, issued: Issued, keys: set[str]) -> Transcribed:
    title = fields.fields.get("title", "")
    head = people.names[0].head if people.names else str(title).partition(" ")[0]
    key = free_key(key_letters(head), f"{issued.year}{issued.letter}" if issued.year else "", keys)
    values = dict(fields.fields)
    bare = _made(key, values)
    left = words_left(_without_letter(typed, issued), bare)
    unsure = tuple(sorted(fields.unsure))
    if unsure or left:
        bare = _made(key, {**values, "note": typed})
    return Transcribed(work=bare, unsure=unsure, left=left, typed=typed, place=entry.place, parted=entry.parted)


def _without_letter(typed: str, issued: Issued) -> str:
    return re.sub(rf"([0-9]{{4}}|[dj]\.-?){issued.letter}(?=[,)])", r"\1", typed, count=1) if issued.letter else typed


def _made(key: str, values: Mapping[str, Value]) -> Work:
    ordered = sorted(values.items())
    return Work(
        key=key,
        type=str(values.get("type", "")),
        names=tuple((name, value) for name, value in ordered if isinstance(value, tuple)),
        dates=tuple((name, value) for name, value in ordered if isinstance(value, WorkDate) and value != WorkDate()),
        texts=tuple((name, value) for name, value in ordered if isinstance(value, str) and name != "type"),
    )


def _kept(entry: TypedEntry, typed: str, keys: set[str]) -> Transcribed:
    """An entry that is not as APA has it: a document whose title is all that was typed."""
    year = re.search(r"\b(?:1[89]|20)[0-9]{2}\b", typed)
    words = [word for word in words_of(typed) if not word.isdigit()]
    key = free_key(key_letters(words[0]) if words else "", year[0] if year else "", keys)
    work = Work(key=key, type="document", texts=(("note", typed), ("title", typed)))
    fields = ("author", "issued", "title", "type")
    return Transcribed(
        work=work, unsure=fields, left=(), typed=typed, place=entry.place, apa=False, parted=entry.parted
    )
