"""The words of one problem, marked for translation, and its weight."""

from __future__ import annotations

from msgspec import Struct

from prompter.kb import problems

BLOCKS, ERROR, WARNING = "blocks", problems.ERROR, problems.WARNING
"""The effect of a problem: the base is not loaded; it must be fixed, but the base loads; it may be meant."""


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue."""
    return text


class Code(Struct, frozen=True):
    """The words of one code; `{placeholders}` are named like the problem's arguments.

    `weight` is one of the constants above. The full explanation with examples is on the code's page
    (`codes.page`).
    """

    message: str
    hint: str
    weight: str = BLOCKS

    @property
    def severity(self) -> str:
        """`error` or `warning`, as `prompter check` reports it."""
        return WARNING if self.weight == WARNING else ERROR

    @property
    def blocks(self) -> bool:
        """Whether a base with such a problem is not loaded, so that the last good one stays in use."""
        return self.weight == BLOCKS
