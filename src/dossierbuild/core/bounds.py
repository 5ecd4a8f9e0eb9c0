"""How much processor time and memory one job may take. What is not trusted can ask for any amount of either."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 60
"""The processor time of a job of no size. Such a job takes a second or two on a machine of these years."""
GRACE = 10
"""The processor time after that in which a job may end by itself; one that heeds no signal is then killed."""
MEMORY = 1_500_000_000
"""The bytes that a job of no size may add to what its process has."""
CHARACTERS_IN_A_SECOND = 10_000
"""A job gets a second more for so many characters. The layout, which is the slowest, takes a fifteenth of that."""
MEMORY_OF_A_CHARACTER = 1_000
"""A job gets so many bytes more for each character. The layout takes a fifth of that."""
LONGEST_VALUE = 10_000
"""The characters of one value in a list of settings, panels or works: some pages, and laid out as one paragraph."""
LONGEST_WORD = 1_000
"""The signs of a word, or of a line of code: 0.4 seconds of layout, where four times as many take 14."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The processor time of a job and its grace in seconds, and the memory in bytes that it may add to its process."""

    seconds: int
    grace: int
    memory: int


class OutOfTimeError(BaseException):
    """A job has used up its processor time. It is no Exception, so that what a job does about its own faults does not
    hold it up."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def longest_word(text: str) -> str:
    """The longest word of a text; "" where there are none."""
    return max(text.split(), key=len, default="")


def bounds_of(size: int) -> Bounds:
    """The bounds of a job over so many characters: what each job may take, and more in proportion."""
    return Bounds(
        seconds=SECONDS + size // CHARACTERS_IN_A_SECOND, grace=GRACE, memory=MEMORY + size * MEMORY_OF_A_CHARACTER
    )
