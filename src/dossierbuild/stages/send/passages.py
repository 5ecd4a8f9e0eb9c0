"""Which passage of a text each piece of its tree is, as the bookmarks around it say."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

from dossierbuild.core.ast import Nodes
from dossierbuild.core.passages import Kind, Passage
from dossierbuild.core.sent import Bookmark, Carrier
from dossierbuild.stages.send.fields import raw


class PassageNumbers:
    """The numbers of a text's passages while its tree is walked, which meets those of each kind in their order."""

    def __init__(self, passages: Sequence[Passage], first: int) -> None:
        self._passages = passages
        self._first = first
        self._waiting: dict[Kind, deque[int]] = {kind: deque() for kind in Kind}
        self._by_id = {passage.key: at for at, passage in reversed(list(enumerate(passages))) if passage.key}
        self._notes: dict[str, int] = {}
        for at, passage in enumerate(passages):
            self._waiting[passage.kind].append(at)

    def next(self, kind: Kind) -> int | None:
        """The number of the next passage of a kind; None where there is none."""
        waiting = self._waiting[kind]
        return self._first + waiting.popleft() if waiting else None

    def of_note(self, content: str, words: str) -> int | None:
        """The number of the note with this content; of one that is called twice the same again."""
        waiting = self._waiting[Kind.NOTE]
        if content in self._notes and not (waiting and self._passages[waiting[0]].text == words):
            return self._notes[content]
        number = self.next(Kind.NOTE)
        if number is not None:
            self._notes[content] = number
        return number

    def of_id(self, name: str) -> int | None:
        """The number of the passage that has an id of the editor's."""
        return self._first + self._by_id[name] if name in self._by_id else None

    def skip_within(self, number: int | None) -> None:
        """Pass over what stands within a passage."""
        if number is None:
            return
        at = number - self._first
        inside = {self._passages[at].id}
        for inner in range(at + 1, len(self._passages)):
            passage = self._passages[inner]
            if passage.within not in inside:
                break
            inside.add(passage.id)
            waiting = self._waiting[passage.kind]
            if inner in waiting:
                waiting.remove(inner)


class Bookmarks:
    """Bookmarks of a document: each has a number of its own, and each name stands once."""

    def __init__(self) -> None:
        self._count = 0
        self._used: Counter[tuple[Carrier, int]] = Counter()

    def around(self, carrier: Carrier, number: int | None, inlines: Nodes) -> Nodes:
        """Inlines within a bookmark; as they are where no number is known."""
        if number is None:
            return inlines
        self._used[carrier, number] += 1
        return self.named(Bookmark(carrier, number, self._used[carrier, number]).name, inlines)

    def named(self, name: str, inlines: Nodes) -> Nodes:
        """Inlines within a bookmark of a name."""
        self._count += 1
        start = f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>'
        return [raw(start), *inlines, raw(f'<w:bookmarkEnd w:id="{self._count}"/>')]
