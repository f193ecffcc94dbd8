"""The words of one problem, marked for the translators, and how much it weighs."""

from __future__ import annotations

from msgspec import Struct

from prompter.kb import problems

BLOCKS, ERROR, WARNING = "blocks", problems.ERROR, problems.WARNING
"""What a problem does: the base is not loaded; it must be mended, but the base loads; it may be meant so."""


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue."""
    return text


class Code(Struct, frozen=True):
    """The words of one code; `{placeholders}` are named as the problem's arguments.

    `weight` is one of the constants above. What a code is about in full, with examples, stands in its page
    (`codes.page`).
    """

    message: str
    hint: str
    weight: str = BLOCKS

    @property
    def severity(self) -> str:
        """`error` or `warning`, as `prompter check` tells it."""
        return WARNING if self.weight == WARNING else ERROR

    @property
    def blocks(self) -> bool:
        """Whether a base with such a problem is not loaded, and the last good one serves on."""
        return self.weight == BLOCKS
