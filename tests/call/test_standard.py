"""The rest of the standard, call by call: who rings back, shouts, flirts, asks what must not be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call.view.parts import CURRENT, DONE, PAUSED, RUNNING
from tests.call.builders import AIGUL, Shift, bundled, text_of

CALLER = "0700123456"


def seat(path: Path, department: str) -> Shift:
    """An operator of a department, whose F5 is her department's."""
    return Shift(path / "journal.db", bundled(), replace(AIGUL, department=department))


def found(shift: Shift, scenario: str) -> Shift:
    """A scenario without a key, taken from the search or the tree."""
    assert shift.desk.act(a.Open(scenario)) is None
    return shift


class TestRingsBack:
    """Call 3, slide 13: the one whose call was ended rings back and complains."""

    @pytest.fixture(params=["sales", "support", ""])
    def back(self, request: pytest.FixtureRequest, tmp_path: Path) -> Shift:
        shift = seat(tmp_path, request.param)
        assert shift.desk.start(number=CALLER, greeted=True) is None
        shift.press("F5", "2", "Enter")
        assert (shift.last.outcome, shift.last.missed) == ("profanity", ())
        assert shift.later("10:00").answer().desk.start(number=CALLER, greeted=True) is None
        return shift

    def test_the_screen_says_what_the_last_call_was_and_which_key_explains(self, back: Shift) -> None:
        previous = back.view.previous
        assert previous is not None
        assert (previous.outcome, previous.key) == ("Завершён из-за брани", "F5")
        assert previous.title == "Почему бросили трубку"

    def test_f5_explains_in_the_operators_form(self, back: Shift) -> None:
        back.press("F5")
        explained = "Я завершила с Вами разговор из-за использования нецензурной лексики."
        assert (back.card.step, back.phrase) == ("complaint.explain", explained)

    def test_he_understands(self, back: Shift) -> None:
        assert back.press("F5", "Enter").card.step == "talk.listen"

    def test_he_swears_again_and_is_warned_again(self, back: Shift) -> None:
        back.press("F5", "2")
        assert back.phrase == "Просьба не вести разговор в таком тоне."
        back.press("2")
        assert back.phrase == "Наш разговор не может быть продолжен. Всего доброго."
        back.press("Enter")
        assert (back.last.outcome, back.last.missed) == ("profanity", ())

    def test_he_wants_the_manager(self, back: Shift) -> None:
        assert back.press("F5", "3").card.step == "manager.ask"
        assert back.press("1", "1").card.step == "talk.listen"


class TestSupport:
    """Slide 14: the technical support has a wording and an ending of its own."""

    @pytest.fixture
    def warned(self, tmp_path: Path) -> Shift:
        shift = seat(tmp_path, "support").press("Enter", "F5")
        assert (shift.card.step, shift.phrase) == (
            "support_pranks.warn",
            "Просьба не вести разговор в таком тоне.",
        )
        return shift

    @pytest.mark.parametrize(("digit", "outcome"), [("2", "profanity"), ("3", "pranks")])
    def test_both_wordings_are_shown_and_end_the_call(self, warned: Shift, digit: str, outcome: str) -> None:
        spoken = warned.press(digit).card.spoken
        assert spoken is not None
        assert [text_of(variant) for variant in spoken.variants] == [
            "Наш разговор не может быть продолжен. Всего доброго.",
            "Извините, наш разговор не может быть продолжен. Спасибо Вам за звонок. Всего доброго.",
        ]
        warned.press("Enter")
        assert (warned.last.outcome, warned.last.missed) == (outcome, ())

    def test_warned_once(self, warned: Shift) -> None:
        assert warned.press("1").at("2:00").press("F5").card.step == "support_pranks.stop"

    def test_who_only_played_is_not_told_that_he_swore(self, tmp_path: Path) -> None:
        shift = seat(tmp_path, "support")
        assert shift.desk.start(number=CALLER, greeted=True) is None
        shift.press("F5", "3", "Enter").later("10:00").answer()
        assert shift.desk.start(number=CALLER, greeted=True) is None
        assert shift.view.previous is None
        assert shift.press("F5").card.step == "support_pranks.warn"

    @pytest.mark.parametrize(
        ("department", "step"),
        [("sales", "profanity.warn"), ("support", "support_pranks.warn"), ("", "profanity.warn")],
    )
    def test_f5_is_the_departments(self, tmp_path: Path, department: str, step: str) -> None:
        assert seat(tmp_path, department).press("F5").card.step == step


class TestShouting:
    """Slide 15."""

    def test_clarify_guide_offer(self, shift: Shift) -> None:
        shift.press("Enter", "F6")
        assert shift.phrase == "Уточните, пожалуйста, в чем заключается затруднение?"
        assert shift.card.never == ("Успокойтесь, пожалуйста",)
        assert shift.press("2").phrase == "Вы не можете воспользоваться?"
        assert shift.press("1").do == "Предложить пути решения"
        assert shift.press("Enter").card.step == "talk.listen"

    @pytest.mark.parametrize("keys", [("2", "2"), ("2", "1", "2"), ("1", "2")])
    def test_he_shouts_on(self, shift: Shift, keys: tuple[str, ...]) -> None:
        shift.press("Enter", "F6", *keys)
        assert shift.phrase == "Наш разговор не может быть продолжен. Всего доброго."
        shift.press("Enter")
        assert (shift.last.outcome, shift.last.missed) == ("shouting", ())


class TestPersonal:
    """Call 6, slide 16."""

    @pytest.fixture
    def asked(self, shift: Shift) -> Shift:
        return found(shift.press("Enter").at("0:20"), "personal").press("Enter")

    def test_three_seconds_of_waiting(self, asked: Shift) -> None:
        assert asked.phrase.startswith("Информацию личного характера мы не предоставляем. Будут ли")
        assert asked.norms == [("Подождать ответа", RUNNING, 3)]
        assert asked.offered == {1: "Разговор", 2: "Попрощаться"}

    def test_silence_is_no_answer(self, asked: Shift) -> None:
        assert asked.at("5:00").card.step == "personal.refuse"

    def test_he_has_a_question(self, asked: Shift) -> None:
        assert asked.press("1").card.step == "talk.listen"

    def test_he_goes_on(self, asked: Shift) -> None:
        assert asked.press("2").phrase == "Спасибо Вам за звонок, всего доброго."
        asked.press("Enter")
        assert (asked.last.outcome, asked.last.missed) == ("off-topic", ())


class TestOthers:
    """Slides 11, 17 to 19, 21."""

    def test_a_drunk_caller_is_asked_and_may_make_sense(self, shift: Shift) -> None:
        found(shift.press("Enter"), "drunk")
        assert shift.phrase == "У вас есть вопросы относительно услуг нашей Компании?"
        assert shift.press("1").card.step == "talk.listen"
        assert found(shift, "drunk").press("2").phrase == "Спасибо за Ваш звонок, всего доброго."
        shift.press("Enter")
        assert (shift.last.outcome, shift.last.missed) == ("off-topic", ())

    def test_competitors(self, shift: Shift) -> None:
        shift.press("Enter", "F7")
        assert shift.phrase.startswith("Мы не располагаем информацией о тарифах (услугах, политике)")
        assert shift.press("1").card.step == "talk.listen"

    def test_maintenance_says_what_where_until_when(self, shift: Shift) -> None:
        found(shift.press("Enter"), "maintenance")
        assert "…. Приносим извинения" in shift.phrase
        assert shift.do.endswith("что не работает, где, до какого времени")
        assert shift.press("2").card.step == "clarify.ask"

    def test_internal_information_is_refused(self, shift: Shift) -> None:
        found(shift.press("Enter"), "confidential")
        assert shift.phrase.startswith("К сожалению, я не могу предоставить Вам информацию")
        assert shift.press("2").card.step == "manager.ask"

    def test_network_trouble_in_own_words(self, shift: Shift) -> None:
        found(shift.press("Enter"), "network")
        assert shift.card.spoken is None
        for duty in ("важно", "все силы", "извинения", "редки"):
            assert duty in shift.do
        assert shift.press("3").card.step == "shouting.clarify"

    def test_he_does_not_hear_us(self, shift: Shift) -> None:
        found(shift.press("Enter", "F4", "Enter"), "cannot_hear")
        assert (shift.phrase, shift.card.never) == ("Вы меня слышите?", ("Алло, алло",))
        assert shift.tree["clarify"] == PAUSED
        assert shift.press("1").card.step == "clarify.wait"
        found(shift, "cannot_hear").press("2", "2")
        assert (shift.tree["cannot_hear"], shift.tree["cannot_hear.ask"]) == (CURRENT, DONE)
        shift.press("Enter")
        assert (shift.last.outcome, shift.last.missed) == ("unheard", ())

    def test_who_does_not_know_has_both_wordings(self, shift: Shift) -> None:
        spoken = shift.press("Enter", "F4").card.spoken
        assert spoken is not None
        assert [text_of(variant)[:7] for variant in spoken.variants] == ["Ожидайт", "Извинит"]
        shift.press("←", "Enter")
        assert [(state, left) for _, state, left in shift.norms] == [(RUNNING, 60)]
