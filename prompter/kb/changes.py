"""What an edit changed for operators, from one revision to the next."""

from __future__ import annotations

from prompter.kb.model import KnowledgeBase, Phrase


def no_longer_approved(before: KnowledgeBase, after: KnowledgeBase) -> tuple[str, ...]:
    """The phrases (`scenario.step`) that were approved in some language and no longer are.

    An edited text loses its approval at once; until a person restores it operators do not see it, or see it
    as a draft. Reported so that they learn why their screens changed.
    """
    lost = []
    for id_, step in after.steps.items():
        old = before.steps.get(id_)
        if step.say is None or step.say.id != id_ or old is None or old.say is None:
            continue
        if any(_approved(old.say, lang) and not _approved(step.say, lang) for lang in after.languages):
            lost.append(id_)
    return tuple(lost)


def _approved(phrase: Phrase, language: str) -> bool:
    return any(wording.approved for wording in phrase.wordings.get(language, ()))
