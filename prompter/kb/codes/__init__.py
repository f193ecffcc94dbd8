"""Every problem code with its English words: the msgids that the interface translates.

A message says what is wrong, a hint what to do about it. `describe` gets its translator from the caller;
nothing here knows the language.
"""

from __future__ import annotations

from collections.abc import Callable

from prompter.kb.codes.approving import APPROVING
from prompter.kb.codes.code import N_, Code
from prompter.kb.codes.entries import ENTRIES
from prompter.kb.codes.fields import FIELDS
from prompter.kb.codes.meaning import MEANING
from prompter.kb.codes.rules import RULES
from prompter.kb.codes.silences import SILENCES
from prompter.kb.codes.use import USE
from prompter.kb.codes.words import WORDS
from prompter.kb.codes.writing import WRITING
from prompter.kb.problems import Problem

GUESS = N_("did you mean «{suggestion}»?")

FAMILIES: dict[str, dict[str, Code]] = {
    "writing": WRITING,
    "fields": FIELDS,
    "meaning": MEANING,
    "entries": ENTRIES,
    "rules": RULES,
    "words": WORDS,
    "use": USE,
    "approving": APPROVING,
    "silences": SILENCES,
}
"""The codes by topic, in the order of their pages; each family is a module here."""

CODES: dict[str, Code] = {name: code for family in FAMILIES.values() for name, code in family.items()}


def describe(problem: Problem, gettext: Callable[[str], str]) -> tuple[str, str | None]:
    """What is wrong and what to do, translated by `gettext`; an unknown code is returned as it is.

    If there is a guess at what was meant, the hint is that guess.
    """
    code = CODES.get(problem.code)
    if code is None:
        return problem.code, None
    hint = GUESS if "suggestion" in problem.args else code.hint
    return _filled(code.message, problem, gettext), _filled(hint, problem, gettext)


def in_general(code: Code, gettext: Callable[[str], str]) -> tuple[str, str]:
    """Message and hint of a code without the particulars of a problem."""
    message, hint = (gettext(one).format_map(_Anything()) for one in (code.message, code.hint))
    return message, hint


class _Anything(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def _filled(template: str, problem: Problem, gettext: Callable[[str], str]) -> str:
    args = dict(problem.args)
    if "reason" in args:  # the system's words, which the interface translates
        args["reason"] = gettext(str(args["reason"]))
    try:
        return gettext(template).format_map(args)
    except (KeyError, IndexError, ValueError):
        # A translation with a wrong placeholder must not hide the problem from the trainer.
        return template.format_map(problem.args)
