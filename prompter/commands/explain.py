"""`prompter explain`: what a problem code means, why it is a problem, and how to fix it."""

from __future__ import annotations

import argparse
import textwrap

from prompter.commands.base import perhaps, tell
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.kb.codes import CODES, FAMILIES, in_general
from prompter.kb.codes.code import Code
from prompter.kb.codes.page import page_of
from prompter.kb.read import suggest
from prompter.locale import _

_WIDTH = 88


def options(parser: argparse.ArgumentParser) -> None:
    """Which code; all of them if none is given."""
    parser.description = _(
        "Explains what a problem's code means, why it is a problem and how to mend it; lists all without one."
    )
    parser.add_argument("code", nargs="?", default="", metavar=_("CODE"), help=_("as in square brackets"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print a code's page, or the list of codes; returns 1 for an unknown code."""
    code: str = given.code.strip("[]").lower()
    if not code:
        _list()
        return 0
    if code not in CODES:
        tell(_("there is no code «{code}».").format(code=code) + perhaps(_near(code)))
        tell(_("all codes: prompter explain"))
        return 1
    print("\n".join(_explained(code)))
    return 0


def _near(word: str) -> str | None:
    """The code that was probably meant: one that begins with this very word, else a similar one."""
    begun = (one for one in CODES if one.startswith(f"{word}-"))
    return next(begun, None) or suggest(word, CODES)


def weight_of(code: Code) -> str:
    """The effect of a problem with this code, in words."""
    if code.blocks:
        return _("error: the base is not loaded, operators keep the last good one")
    if code.severity == "error":
        return _("error: must be mended, but the base loads")
    return _("warning: the base loads")


def _explained(name: str) -> list[str]:
    code, page = CODES[name], page_of(name)
    message, hint = in_general(code, _)
    prose = [textwrap.fill(one, _WIDTH) for one in page.text.split("\n\n")]
    lines = [f"{name}: {message}", weight_of(code), ""]
    lines += ["\n\n".join(prose), ""]
    for title, example in ((_("Wrong"), page.wrong), (_("Right"), page.right)):
        lines += [f"{title}:", "", textwrap.indent(example, "    "), ""]
    return [*lines, f"{_('What to do')}: {hint}"]


def _list() -> None:
    kinds = {"error": _("error"), "warning": _("warning")}
    width = max(map(len, CODES))
    kind_width = max(map(len, kinds.values()))
    for number, family in enumerate(FAMILIES.values()):
        if number:
            print()
        for name, code in family.items():
            message, _hint = in_general(code, _)
            print(f"{name:{width}}  {kinds[code.severity]:{kind_width}}  {message}")
