"""Lines and grids: what the ends of lines were in the source, and the room of tracks without needless measuring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def with_line_ends(split: Callable[..., Any]) -> Callable[..., Any]:
    """A `split` whose text boxes know how their end stood in the source.

    At the end of a line the layout takes a space away (`source_ends_with_space`) or adds a hyphen
    (`ends_with_layout_hyphen`).
    """

    def split_text_box(context: Any, box: Any, width: Any, skip: Any, *arguments: Any, **options: Any) -> Any:
        part, resume, preserved = split(context, box, width, skip, *arguments, **options)
        if part is not None:
            source = box.text.encode()[skip:resume].decode()
            part.source_ends_with_space = source.endswith(" ")
            part.ends_with_layout_hyphen = part.text == source + box.style["hyphenate_character"]
        return part, resume, preserved

    return split_text_box


def with_line_starts(skip: Callable[..., Any]) -> Callable[..., Any]:
    """The spaces with which a text begins are on no line where a line breaks there, as between a link at the end of a
    line and the words behind it. The box of the next line keeps in mind that there were some: `begins_after_space`."""

    def skip_first_whitespace(box: Any, place: Any) -> Any:
        start = skip(box, place)
        if type(box).__name__ == "LineBox":
            box.begins_after_space = place is not None and start != "continue" and _is_after_space(box, start)
        return start

    return skip_first_whitespace


def _is_after_space(box: Any, place: Any) -> bool:
    """Whether a place in a box, as WeasyPrint has it, is in a text and has only spaces before it there."""
    while place is not None:
        ((index, place),) = place.items()
        if type(box).__name__ == "TextBox":
            return index > 0 and not box.text.encode()[:index].strip()
        box = box.children[index]
    return False


def with_room_for_tracks_only(distribute: Callable[..., None]) -> Callable[..., None]:
    """A `distribute` that measures only what can widen a track.

    The tracks of a grid are widened in passes, each for some kinds of tracks. WeasyPrint measures everything that spans
    tracks in each pass, also where no track is of its kind; in grids within grids that is most of the work.
    """
    kinds = {
        "intrinsic": {"min-content", "max-content", "auto"},
        "content-based": {"min-content", "max-content"},
        "max-content": {"max-content", "auto"},
    }

    def distribute_extra_space(affected: str, kind: str, contribution: str, children: Any, functions: Any,
                               *arguments: Any) -> None:  # fmt: skip
        sizing = [function[0 if affected == "min" else 1] for function in functions]
        fitting = kind == "intrinsic" and any(size[0] == "fit-content()" for size in sizing)
        if fitting or any(size in kinds[kind] for size in sizing):
            distribute(affected, kind, contribution, children, functions, *arguments)

    return distribute_extra_space
