"""The page of a code: in Russian, like all documents for trainers, what the problem is, why it matters, and a
wrong and a right example.

A page is `pages/CODE.md`: a few sentences, then «Неправильно:» and «Правильно:» with a fenced block each. A
block of YAML is executed by `tests/kb/test_pages.py`, which says how it becomes a base. `⟨U+00A0⟩` represents
an invisible character.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).with_name("pages")

_PAGE = re.compile(
    r"(?P<text>.+?)\n\nНеправильно:\n\n```(?P<kind>\w+)\n(?P<wrong>.+?)\n```\n\n"
    r"Правильно:\n\n```\w+\n(?P<right>.+?)\n```\n",
    re.DOTALL,
)


class Page(Struct, frozen=True):
    """`kind` of the examples is `yaml`, or `text` if they show what no file's text can."""

    text: str
    kind: str
    wrong: str
    right: str


@cache
def page_of(code: str) -> Page:
    """The page of a code. Raises FileNotFoundError if there is none, ValueError if it is malformed."""
    found = _PAGE.fullmatch((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"pages/{code}.md: not a page")
    return Page(*found.group("text", "kind", "wrong", "right"))
