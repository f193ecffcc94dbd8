"""The page of a code: in Russian, as every document of the trainer's, what the problem is about, why it is
one, and an example of each, wrong and right.

A page is `pages/CODE.md`: a few sentences, then «Неправильно:» and «Правильно:» with a fenced block each.
A block of YAML is executed by `tests/kb/test_pages.py`: see there how it becomes a base. `⟨U+00A0⟩` stands
for a character that nobody could see.
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
    """`kind` of the examples is `yaml`, or `text` where they show what no file's text can."""

    text: str
    kind: str
    wrong: str
    right: str


@cache
def page_of(code: str) -> Page:
    """The page of a code. Raises FileNotFoundError where there is none, ValueError for a malformed one."""
    found = _PAGE.fullmatch((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"pages/{code}.md: not a page")
    return Page(*found.group("text", "kind", "wrong", "right"))
