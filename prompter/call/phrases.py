"""Which words of the base an operator sees: the call's language, approval, drafts, variants."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from prompter.call.state import Call
from prompter.call.words import words_in
from prompter.kb.model import KnowledgeBase, Phrase, Step, Texts, Wording


class Shown(Struct, frozen=True):
    """The wordings to show and their language. `draft`: no person approved them."""

    language: str
    wordings: tuple[Wording, ...]
    draft: bool


def shown_in(base: KnowledgeBase, phrase: Phrase, language: str) -> Shown | None:
    """What may be shown of a phrase in exactly this language: approved texts, else marked drafts."""
    wordings = phrase.wordings.get(language, ())
    approved = tuple(w for w in wordings if w.approved)
    if approved:
        return Shown(language, approved, draft=False)
    if wordings and base.show_drafts:
        return Shown(language, wordings, draft=True)
    return None


def shown(base: KnowledgeBase, phrase: Phrase, language: str) -> Shown | None:
    """What to say in a call of this language; another language's words if it has none to show.

    None if no language has words to show: the step is said in the operator's own words.
    """
    order = (language, *(other for other in base.languages if other != language))
    return next((found for other in order if (found := shown_in(base, phrase, other))), None)


def text_in(texts: Texts, language: str, languages: tuple[str, ...]) -> str:
    """A title or a duty in this language, else in the base's first that has it, else ""."""
    return next((texts[one] for one in (language, *languages) if texts.get(one)), "")


def lists_in(
    lists: Mapping[str, tuple[str, ...]], language: str, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """Like `text_in`, for several texts."""
    return next((lists[one] for one in (language, *languages) if lists.get(one)), ())


def ended_by_another(base: KnowledgeBase, step: Step, call: Call) -> bool:
    """Whether the step refers to the end of this number's last call, in words that say «I did», and another
    operator (or an unknown one) ended it.

    «Я завершил(а) с Вами разговор …» is for the one who did (slide 13); others use their own words.
    """
    if not call.last_outcome or not step.say or (call.last_operator and call.last_operator == call.operator):
        return False
    if all(scenario.after.get(call.last_outcome) != step.id for scenario in base.scenarios.values()):
        return False
    texts = (wording.text for wordings in step.say.wordings.values() for wording in wordings)
    names = {name for text in texts for name in words_in(text)}
    return any(name in base.words and base.words[name].source == "gender" for name in names)
