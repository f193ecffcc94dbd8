"""A marked phrase in lines for the trainee: word by word, and why."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content

from prompter.call import drill_events as d
from prompter.call.phrases import text_in
from prompter.kb.model import KnowledgeBase
from prompter.locale import N_, _
from prompter.tui.draw import BAD, DIM, GOOD, STRONG, WARM, Part, line
from prompter.tui.practice.answering import label_row, title_row

if TYPE_CHECKING:
    from prompter.practice.marking import MarkedWord, PhraseMark
    from prompter.practice.standard import Standard


class TypedMark(Struct, frozen=True):
    """A verdict of `call.drill_events`, a score of 1, and the lines that explain them."""

    verdict: str
    score: float
    rows: tuple[Content, ...]


_VERDICTS = {"right": d.SAID, "almost": d.ALMOST, "wrong": d.NO}

_REASONS = {
    "denial": N_("the meaning is reversed: a «not» too many or too few"),
    "numbers": N_("another number than in the text"),
    "forbidden": N_("this must not be said"),
    "persons": N_("somebody else does it than in the text"),
    "opposite": N_("the opposite was said"),
    "company": N_("another company than ours"),
    "other-phrase": N_("this is the phrase of another step"),
    "idea": N_("something that must be said is missing"),
    "empty": N_("nothing was typed"),
}


class Marker:
    """Marks typed phrases against one revision of the base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    @cached_property
    def _standard(self) -> Standard:
        from prompter.practice.standard import Standard

        return Standard(self.base)

    def mark(self, step: str, typed: str, language: str) -> TypedMark:
        """The mark of a phrase typed for a step, with its lines."""
        from prompter.practice.marking import mark_step

        mark = mark_step(self._standard, step, typed, language)
        if mark is None:  # no words in this language: nothing to compare with
            return TypedMark(d.SAID, 1.0, (title_row(d.SAID, 1.0),))
        verdict, score = _VERDICTS[mark.verdict], mark.score / 100
        return TypedMark(verdict, score, (title_row(verdict, score), *_rows(mark, self.base)))


def _rows(mark: PhraseMark, base: KnowledgeBase) -> list[Content]:
    rows = [_words(mark.words)] if mark.words else []
    known = [_(_REASONS.get(reason, reason)) for reason in mark.reasons]
    if mark.missing_ideas:
        known.append(", ".join(f"«{idea}»" for idea in mark.missing_ideas))
    rows += [line(("▲ ", f"{BAD} bold"), (" · ".join(known), BAD))] if known else []
    for offence in mark.offences:
        rows += _offence(offence.expression, base)
    if mark.plain_letters:
        rows.append(line((_("ң, ө, ү typed as н, о, у: noted, not counted"), DIM)))
    return rows


def _words(words: tuple[MarkedWord, ...]) -> Content:
    """The phrase with missing, moved and extra words in place, by signs as well as colour."""
    parts: list[Part] = []
    for word in words:
        written = "‹…›" if word.written.startswith("{") else word.written
        said, typed = (written or word.typed).strip(), (word.typed or written).strip()
        if word.kind == "missing":
            parts.append((f"[−{said}]", f"{BAD} bold"))
        elif word.kind == "extra":
            parts.append((f"(+{typed})", WARM))
        elif word.kind == "moved":
            parts.append((f"↔{typed}", WARM))
        elif word.kind == "slip":
            parts.append((f"{typed}→{said}", WARM))
        elif word.kind in ("filled", "meant"):
            parts.append((typed, GOOD))
        else:
            parts.append((typed, STRONG))
        parts.append(" ")
    return line(*parts).rstrip()


def _offence(expression: str, base: KnowledgeBase) -> list[Content]:
    one = base.forbidden.get(expression)
    if one is None:
        return []
    languages = base.languages
    instead = text_in(one.instead, languages[0], languages)
    step = base.steps.get(one.phrase)
    if not instead and step and step.say:
        wordings = next(iter(step.say.wordings.values()), ())
        instead = wordings[0].text if wordings else ""
    why = text_in(one.why, languages[0], languages)
    rows = [label_row(f"«{text_in(one.title, languages[0], languages)}»", line(why))]
    return [*rows, label_row(_("Instead"), line(instead))] if instead else rows
