"""The worked base loads, and says what is written in it."""

from pathlib import Path

import pytest

from prompter.kb.build import load_sources
from prompter.kb.model import Answer, KnowledgeBase, Norm, Outcome, Word

EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    found, problems = load_sources(EXAMPLE)
    assert problems == []
    return found


def test_head(base: KnowledgeBase) -> None:
    assert (base.company, base.languages) == ("Skynet", ("ru", "ky"))
    assert (base.open, base.outgoing, base.talk, base.show_drafts) == ("greeting", "outgoing", "talk", False)
    assert (base.greeting_step, base.talk_step) == ("greeting.hello", "talk.listen")
    assert dict(base.departments["sales"]) == {"ru": "Отдел продаж"}
    assert list(base.marks) == ["greeting", "warning", "questions", "farewell"]
    assert len(base.revision) == 16


def test_order_of_scenarios(base: KnowledgeBase) -> None:
    assert list(base.scenarios) == [
        "greeting",
        "talk",
        "inaudible",
        "clarify",
        "profanity",
        "closing",
        "outgoing",
    ]
    assert [one.key for one in base.scenarios.values()] == ["F2", "", "F3", "F4", "F5", "F9", ""]


def test_norms(base: KnowledgeBase) -> None:
    title = {"ru": "Сказать, если не слышно"}
    assert base.norms["silence"] == Norm("silence", title, "respond", 15, since="greeting", source="слайд 11")
    hold = base.norms["hold"]
    assert (hold.kind, hold.limit, hold.warn, hold.step) == ("limit", 120, 30, 60)
    assert base.norms["manager"].who == "manager"
    assert base.norms["callback"].limit == 1800


def test_outcomes_and_words(base: KnowledgeBase) -> None:
    assert list(base.outcomes) == ["hung-up", "helped", "promised", "silence", "profanity"]
    assert base.outcomes["hung-up"] == Outcome("hung-up", {"ru": "Клиент положил трубку"})
    assert base.outcomes["helped"].requires == ("greeting", "questions", "farewell")
    assert base.outcomes["helped"].promised == "promised"
    assert base.words["operator"] == Word("operator", "settings")
    assert base.words["ended"].forms == {"ru": {"m": "завершил", "f": "завершила"}}
    assert base.words["daypart"].forms["ru"]["05:00"] == "Доброе утро"
    assert base.words["minutes"] == Word("minutes", "operator", {}, "hold", 120)


def test_steps(base: KnowledgeBase) -> None:
    wait = base.steps["clarify.wait"]
    assert (wait.listen, wait.clock, wait.late) == (True, "hold", ("clarify.sorry", "clarify.contact"))
    assert wait.answers[0] == Answer({"ru": "Информация найдена"}, "clarify.thanks")
    assert base.steps["clarify.ask"].answers[2].enter
    assert base.steps["clarify.ask"].never == {"ru": ("Не знаю", "Не уверен(а)", "Может быть")}
    assert base.steps["clarify.contact"].promise == "callback"
    warn = base.steps["profanity.warn"]
    assert (warn.once, warn.again, warn.marks) == (True, "profanity.stop", "warning")
    assert [one.go for one in warn.answers] == ["return", "profanity.stop"]
    assert base.steps["profanity.stop"].end == "profanity"
    assert base.steps["greeting.hello"].answers[0].go == "talk"
    assert base.scenarios["inaudible"].caller["ru"][2] == "Алло! Алло! Вы меня слышите?"
    assert base.scenarios["inaudible"].first == "inaudible.ask"
    assert base.step_scenario("inaudible.goodbye").interrupt


def test_borrowed_words_are_the_owners(base: KnowledgeBase) -> None:
    borrowed, owner = base.steps["inaudible.goodbye"], base.steps["closing.goodbye"]
    assert borrowed.say is owner.say
    assert borrowed.say is not None
    assert borrowed.say.id == "closing.goodbye"
    assert (borrowed.end, owner.end) == ("silence", "helped")
    (wording,) = borrowed.say.wordings["ru"]
    assert (wording.text, wording.approved) == ("Спасибо за Ваш звонок, всего доброго.", False)
