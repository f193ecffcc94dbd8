"""What a YAML parser's error means to an author of phrases: one code and the place to look at.

libyaml and the pure Python parser word the same error differently; both are understood.
"""

from __future__ import annotations

import re

import yaml

from prompter.kb import slips
from prompter.kb.problems import Place, Problem

_KEY = re.compile(r"^\s*(?:- +)*[^\s#'\"{\[][^#'\"]*?:(?:\s|$)")
_BRACE = re.compile(r"^\s*(?:- +)*(?:[^\s:#'\"{]+:\s+)?\{")
_QUOTED = re.compile(r"^\s*(?:- +)*(?:[^\s:#'\"{]+:\s+)?([\"'])")
_LOOKED_AT = 500
"""Characters of a line matched against these: more add nothing, and would take seconds."""
_TAB = re.compile(r"^ *\t")


def place_at(file: str, text: str, index: int) -> Place:
    """The place of a character, with any kind of line ending."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    start = before.rfind("\n") + 1
    return Place(file, before.count("\n") + 1, len(before) - start + 1)


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """One problem for one parser error: the likeliest cause, at the place where it can be fixed."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Problem(Place(file), "yaml-syntax")
    lines = text.split("\n")
    line, col = min(mark.line, len(lines) - 1), mark.column
    code, (row, column) = _cause(error, lines, line, col)
    if row >= len(lines):
        # libyaml counts one line more if the last one has no line ending.
        row, column = len(lines) - 1, len(lines[-1])
    return Problem(Place(file, row + 1, column + 1), code)


def _cause(error: yaml.YAMLError, lines: list[str], line: int, col: int) -> tuple[str, tuple[int, int]]:
    """A code, and line and column from 0."""
    said = str(getattr(error, "problem", "") or "")
    about = str(getattr(error, "context", "") or "")
    context = getattr(error, "context_mark", None)
    began = (context.line, context.column) if context is not None else (line, col)
    tab = _TAB.match(lines[line])
    if tab:
        return "tab-indent", (line, tab.end() - 1)
    if "quoted" in about and ("end of stream" in said or "document" in said):
        return "unclosed-quote", began
    if "escape" in said:
        return "bad-escape", (line, col)
    if "mapping values are not allowed" in said:
        return _stray_colon(lines, line, col)
    if "could not find expected ':'" in said:
        return "missing-colon", began
    if "alias" in about or "anchor" in about or "cannot start any token" in said or "tag" in about:
        return "bad-start", began if about else (line, col)
    if "sequence entries are not allowed" in said:
        return "list-on-same-line", (line, col)
    return _broken_block(lines, line, col, about, began)


def _stray_colon(lines: list[str], line: int, col: int) -> tuple[str, tuple[int, int]]:
    """«mapping values are not allowed»: a colon inside a text, a missing one, or a wrong indent."""
    if _KEY.match(lines[line][: min(col, _LOOKED_AT)]):
        return "colon-in-text", (line, col)
    if (bare := slips.bare_line(lines, line)) is not None:
        return bare
    above = line - 1
    while above > 0 and (not lines[above].strip() or lines[above].lstrip().startswith("#")):
        above -= 1
    if above >= 0 and not _KEY.match(lines[above][:_LOOKED_AT]):
        start = len(lines[above]) - len(lines[above].lstrip())
        return "missing-colon", (above, start)
    indent = len(lines[line]) - len(lines[line].lstrip())
    return "bad-indent", (line, indent)


def _broken_block(
    lines: list[str], line: int, col: int, about: str, began: tuple[int, int]
) -> tuple[str, tuple[int, int]]:
    text = lines[line][:_LOOKED_AT]
    if brace := _BRACE.match(text):
        return "brace-text", (line, brace.end() - 1)
    quote = _QUOTED.match(text)
    if quote and quote.end() <= col:
        opened = slips.left_open(lines, line, col, quote[1])
        return ("unclosed-quote", opened) if opened else ("text-after-quote", (line, col))
    if "flow" in about:
        return "unclosed-bracket", began
    if "block mapping" in about or "block collection" in about:
        return slips.slipped(lines, line, col)
    return "yaml-syntax", (line, col)
