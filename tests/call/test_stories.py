"""The company's calls, second by second, on the base that ships with the program."""

from __future__ import annotations

import pytest

from prompter.call import events as e
from prompter.call.view.parts import (
    CURRENT,
    DONE,
    IDLE,
    LISTEN,
    OPEN,
    OVER,
    OVERDUE,
    OWN,
    PAUSED,
    PLAIN,
    RUNNING,
    TALKING,
    WARNING,
)
from tests.call.builders import Shift, text_of

SILENCE = "Сказать, если не слышно"
HOLD = "Удержание"


class TestSilence:
    """Call 1, slides 9 to 11."""

    def test_before_the_greeting_stands_ready_with_the_part_of_the_day(self, shift: Shift) -> None:
        assert shift.phrase == "Добрый день, компания Skynet, оператор Айгуль, я Вас слушаю."
        assert (shift.view.header.state, shift.view.enter, shift.norms) == (IDLE, "start", [])
        assert set(shift.tree.values()) == {PLAIN}

    def test_the_greeting_is_said_and_the_quiet_line_runs(self, shift: Shift) -> None:
        shift.press("Enter")
        assert (shift.view.header.state, shift.view.header.title, shift.view.header.elapsed) == (
            TALKING,
            "",
            0,
        )
        assert (shift.tree["greeting"], shift.tree["talk"]) == (DONE, CURRENT)
        assert (shift.card.kind, shift.do) == (LISTEN, "Слушайте. Печатайте слова клиента.")
        assert shift.norms == [(SILENCE, RUNNING, 15)]
        assert shift.at("0:05").norm.left == 10
        assert shift.view.header.elapsed == 5

    def test_five_keys(self, shift: Shift) -> None:
        shift.press("Enter").at("0:06").press("F3")
        assert shift.recorded(e.NormJudged) == [e.NormJudged("silence", 15, 6, met=True)]
        assert shift.norms == []
        assert shift.phrase.startswith("Говорите, пожалуйста. Я Вас слушаю")
        assert (shift.do, shift.card.never) == ("Сказать один раз", ("Алло, алло",))
        assert shift.offered == {1: "Разговор", 2: "Попрощаться"}
        assert shift.tree["inaudible.ask"] == CURRENT

        shift.at("0:08").press("Enter")
        assert (shift.card.step, shift.card.said, shift.card.said_at) == ("inaudible.ask", True, 8)
        assert list(shift.offered) == [1, 2]
        assert shift.refused("Enter") == "choose-answer"

        shift.at("0:18").press("2")
        assert shift.phrase == "Спасибо за Ваш звонок, всего доброго."
        assert (shift.card.ends, shift.view.enter) == ("Тишина", "end")
        assert shift.tree["inaudible.ask"] == DONE

        shift.at("0:21").press("Enter")
        assert (shift.last.outcome, shift.last.missed) == ("silence", ())
        assert (shift.view.header.state, shift.card.step) == (IDLE, "greeting.hello")
        assert shift.view.ended is not None
        assert shift.view.ended.outcome == "Тишина"
        assert shift.at("0:26").view.ended is not None
        assert shift.at("0:27").view.ended is None

    def test_too_late_is_recorded_and_shown_just_the_same(self, shift: Shift) -> None:
        shift.press("Enter").at("0:17").press("F3")
        assert shift.phrase.startswith("Говорите, пожалуйста.")
        assert shift.recorded(e.NormJudged) == [e.NormJudged("silence", 15, 17, met=False)]

    def test_the_limit_itself_is_kept(self, shift: Shift) -> None:
        shift.press("Enter").at("0:15").press("F3")
        assert shift.recorded(e.NormJudged) == [e.NormJudged("silence", 15, 15, met=True)]

    @pytest.mark.parametrize(("time", "judged"), [("0:30", 1), ("0:31", 0), ("4:30", 0)])
    def test_twice_the_limit_is_noise_later_in_the_call(self, shift: Shift, time: str, judged: int) -> None:
        shift.press("Enter").at(time).press("F3")
        assert len(shift.recorded(e.NormJudged)) == judged

    def test_another_scenario_opened_first_judges_nothing(self, shift: Shift) -> None:
        shift.press("Enter").at("0:02").press("F5", "1").at("0:06").press("F3")
        assert shift.recorded(e.NormJudged) == []
        assert shift.norms == []

    def test_the_quiet_line_leaves_by_itself(self, shift: Shift) -> None:
        shift.press("Enter").at("0:14")
        assert shift.norms == [(SILENCE, RUNNING, 1)]
        assert shift.at("0:15").norms == []
        assert shift.recorded(e.NormJudged) == []

    def test_the_key_between_calls_greets_and_opens(self, shift: Shift) -> None:
        shift.press("F3")
        assert shift.card.step == "inaudible.ask"
        assert shift.call.marks == {"greeting"}
        assert shift.recorded(e.NormJudged) == [e.NormJudged("silence", 15, 0, met=True)]

    def test_the_phrase_is_said_once(self, shift: Shift) -> None:
        shift.press("Enter").at("0:06").press("F3", "Enter", "1").at("1:00").press("F3")
        assert (shift.card.step, shift.card.said, shift.card.said_at) == ("inaudible.ask", True, 6)
        assert shift.refused("Enter") == "choose-answer"
        assert len([s for s in shift.recorded(e.Said) if s.step == "inaudible.ask"]) == 1


class TestCurses:
    """Calls 2 and 3, slide 13: one warning, then the end."""

    def test_he_calms_down(self, shift: Shift) -> None:
        shift.press("Enter").at("0:20").press("F5")
        assert shift.phrase == "Просьба не вести разговор в таком тоне."
        assert shift.offered == {1: "Разговор", 2: "Завершить разговор"}
        shift.press("1")
        assert shift.card.step == "talk.listen"
        assert (shift.tree["profanity"], shift.tree["talk"]) == (DONE, CURRENT)
        assert "warning" in shift.call.marks

    def test_warned_once_the_scenario_opens_on_the_ending(self, shift: Shift) -> None:
        shift.press("Enter").at("0:20").press("F5", "1").at("2:00").press("F5")
        assert shift.card.step == "profanity.stop"
        assert shift.phrase == "Наш разговор не может быть продолжен. Всего доброго."
        assert shift.tree["profanity.warn"] == DONE
        assert (shift.card.before, shift.card.before_at) == ("Предупредить", 20)

    def test_a_warning_that_was_not_said_is_given_again(self, shift: Shift) -> None:
        shift.press("Enter", "F5", "F9", "F5")
        assert shift.card.step == "profanity.warn"

    def test_he_goes_on(self, shift: Shift) -> None:
        shift.press("Enter", "F5", "2")
        assert shift.phrase == "Наш разговор не может быть продолжен. Всего доброго."
        shift.press("Enter")
        assert (shift.last.outcome, shift.last.missed) == ("profanity", ())
        (ended,) = shift.recorded(e.Ended)
        assert ended == e.Ended("profanity", ("greeting", "warning", "farewell"), ())

    def test_the_last_words_are_shown_before_the_call_ends(self, shift: Shift) -> None:
        shift.press("Enter", "F5", "Enter")
        assert shift.card.step == "profanity.warn"
        assert shift.refused("Enter") == "choose-answer"


class TestQuestion:
    """Call 4, slides 12, 20, 21: hold the line, thank, ask for further questions."""

    @pytest.fixture
    def asked(self, shift: Shift) -> Shift:
        return shift.press("Enter").at("0:25").press("F4")

    def test_she_does_not_know(self, asked: Shift) -> None:
        assert asked.phrase == "Ожидайте, пожалуйста, на линии, я уточню данную информацию."
        assert {"Не знаю", "Не уверен(а)"} <= set(asked.card.never)
        assert [line.when for line in asked.card.answers] == [
            "Спрашивает, сколько ждать",
            "Не согласен ждать",
            "Ждёт",
        ]
        assert [line.digit for line in asked.card.answers if line.enter] == [3]
        assert (asked.tree["talk"], asked.tree["clarify"]) == (PAUSED, CURRENT)
        assert asked.norms == []

    def test_he_waits_and_is_thanked(self, asked: Shift) -> None:
        asked.at("0:29").press("Enter")
        assert (asked.view.header.title, asked.card.title, asked.card.kind) == (HOLD, "Клиент ждёт", LISTEN)
        assert asked.card.later is not None
        assert text_of(asked.card.later.variants[0]) == "Спасибо за ожидание."
        assert asked.norms == [(HOLD, RUNNING, 120)]
        assert asked.at("1:58").norms == [(HOLD, RUNNING, 31)]
        assert asked.at("1:59").norms == [(HOLD, WARNING, 30)]

        asked.at("2:05").press("1")
        assert asked.recorded(e.ClockStopped) == [e.ClockStopped("hold", "limit", 1, 96, 0)]
        assert (asked.phrase, asked.do) == ("Спасибо за ожидание.", "Передать информацию")
        assert (asked.view.header.title, asked.norms) == ("", [])

        asked.at("2:06").press("Enter")
        assert asked.card.step == "talk.listen"
        asked.at("3:10").press("F9")
        assert (asked.card.kind, asked.do) == (OWN, "Спросить, есть ли дополнительные вопросы")
        assert asked.offered == {1: "Разговор", 2: "Попрощаться"}
        asked.at("3:14").press("2")
        assert asked.phrase == "Спасибо за Ваш звонок, всего доброго."
        asked.at("3:17").press("Enter")
        assert (asked.last.outcome, asked.last.missed) == ("helped", ())

    def test_he_asks_how_long_and_is_told_one_minute(self, asked: Shift) -> None:
        asked.at("0:27").press("1")
        assert asked.phrase == "Извините, не могли бы подождать 2 мин? Я уточню данную информацию для Вас."
        assert asked.card.timed
        asked.press("←")
        assert asked.phrase == "Извините, не могли бы подождать 1 мин? Я уточню данную информацию для Вас."
        asked.at("0:29").press("Enter")
        assert asked.card.step == "clarify.wait"
        assert asked.norms == [(HOLD, RUNNING, 60)]
        (said,) = [s for s in asked.recorded(e.Said) if s.step == "clarify.how_long"]
        assert said.named == {"hold": 60}

    def test_the_named_time_is_the_callers_not_the_norms(self, asked: Shift) -> None:
        asked.press("1", "←").at("0:29").press("Enter").at("1:29")
        assert asked.norms == [(HOLD, OVER, 0)]
        assert asked.view.header.clock == OVER

    def test_a_time_is_named_within_one_step_and_the_norm(self, asked: Shift) -> None:
        asked.press("1")
        assert asked.refused("→") == "time-limit"
        asked.press("←")
        assert asked.refused("←") == "time-limit"
        assert asked.press("→").phrase.startswith("Извините, не могли бы подождать 2 мин?")

    def test_the_named_time_is_forgotten_when_the_scenario_opens_again(self, asked: Shift) -> None:
        asked.press("1", "←", "Enter", "1", "Enter").at("2:00").press("F4", "Enter")
        assert asked.norms == [(HOLD, RUNNING, 120)]

    def test_past_the_limit_the_ways_out_are_offered(self, asked: Shift) -> None:
        asked.at("0:29").press("Enter").at("2:28")
        assert (list(asked.offered), asked.highlighted) == ([1, 2, 3], set())
        asked.at("2:29")
        assert asked.offered == {
            1: "Поблагодарить за ожидание",
            2: "Взять контакт, перезвонить",
            3: "Взять контакт, перезвонить",
            4: "Вернуться и извиниться",
        }
        assert asked.highlighted == {2, 3, 4}
        asked.at("2:40")
        assert asked.norms == [(HOLD, OVER, -11)]
        asked.press("4")
        assert asked.do == "Извиниться за долгое ожидание"
        assert asked.recorded(e.ClockStopped) == [e.ClockStopped("hold", "limit", 1, 131, 11)]

    def test_a_late_way_out_is_refused_in_time(self, asked: Shift) -> None:
        assert asked.press("Enter").refused("4") == "no-such-answer"

    def test_a_further_question_goes_back_to_the_talk(self, asked: Shift) -> None:
        asked.press("Enter", "1", "Enter", "F9", "1")
        assert asked.card.step == "talk.listen"
        assert "questions" in asked.call.marks


class TestPromise:
    """Call 5, slide 12: he will not wait, and is called back within thirty minutes."""

    @pytest.fixture
    def promised(self, shift: Shift) -> Shift:
        shift.press("Enter").at("0:25").press("F4", "2")
        return shift.at("1:00").promise(minutes=20)

    def test_the_form_stands_over_the_answers(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2")
        assert (shift.card.promise, shift.view.enter) == ("callback", "form")
        assert shift.do == "Взять номер, имя, вопрос"
        assert (shift.refused("Enter"), shift.refused("1")) == ("form-open", "form-open")

    def test_it_stands_in_the_bar_and_the_time_is_told(self, promised: Shift) -> None:
        line = promised.norm
        assert (line.title, line.state, line.left, line.who) == ("Перезвонить", OPEN, 1200, "operator")
        assert line.person == ("+996700123456", "Бакыт")
        assert (promised.card.kind, promised.do) == (OWN, "Сказать, что перезвоните «в течение 20 мин»")
        promised.press("Enter")
        assert promised.card.step == "talk.listen"
        (said,) = [s for s in promised.recorded(e.Said) if s.step == "clarify.name_deadline"]
        assert said.named == {"callback": 1200}

    def test_the_outcome_is_the_promised_one(self, promised: Shift) -> None:
        promised.press("Enter", "F9", "2", "Enter")
        assert (promised.last.outcome, promised.last.missed) == ("promised", ())
        assert promised.norm.state == OPEN

    def test_no_more_is_promised_than_the_norm_allows(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").promise(minutes=90)
        assert shift.owed.limit == 1800

    def test_it_warms_in_another_call_and_stays_when_it_is_over(self, promised: Shift) -> None:
        promised.press("Enter", "F9", "2", "Enter").at("10:00").press("Enter")
        promised.later("0:20")
        made = promised.owed.made
        promised.clock.time = made + 15 * 60 - 1
        assert promised.norms == [("Перезвонить", OPEN, 301)]
        promised.clock.time = made + 15 * 60
        assert promised.norms == [("Перезвонить", WARNING, 300)]
        promised.clock.time = made + 20 * 60
        assert promised.norms == [("Перезвонить", OVERDUE, 0)]
        promised.later("20:00")
        assert promised.norms == [("Перезвонить", OVERDUE, -1200)]
        assert promised.card.step == "talk.listen"

    def test_overdue_ones_stand_over_the_open_ones_and_under_the_clock(self, promised: Shift) -> None:
        first = promised.owed.id
        promised.press("Enter", "F9", "2", "Enter").later("12:00")
        promised.press("F4", "2").promise("0555000000", "Чолпон", 5).press("Enter")
        second = promised.desk.state.promises[1].id
        assert [line.promise for line in promised.view.norms] == [second, first]
        promised.press("F4", "Enter").later("5:00")
        assert [(line.promise, line.state) for line in promised.view.norms] == [
            ("", OVER),
            (second, OVERDUE),
            (first, WARNING),
        ]

    def test_it_is_called_from_the_list_as_an_outgoing_call(self, promised: Shift) -> None:
        promised.press("Enter", "F9", "2", "Enter").at("10:00").answer()
        owed = promised.owed.id
        assert promised.desk.start("outgoing", promise=owed) is None
        assert promised.card.step == "outgoing.hello"
        assert (promised.card.kind, promised.phrase) == (OWN, "")
        header = promised.view.header
        assert (header.outgoing, header.person.name) == (True, "Бакыт")
        assert promised.norm.called
        assert "greeting" not in promised.tree

    def test_done_in_time(self, promised: Shift) -> None:
        assert promised.later("19:00").desk.keep_promise(promised.owed.id) is None
        assert promised.norms == []
        (kept,) = promised.recorded(e.PromiseKept)
        assert (kept.late, kept.note) == (0, "")

    def test_late_needs_a_reason(self, promised: Shift) -> None:
        owed = promised.later("21:00").owed.id
        refusal = promised.desk.keep_promise(owed)
        assert refusal is not None
        assert refusal.code == "reason-needed"
        assert promised.desk.keep_promise(owed, "Не было связи") is None
        (kept,) = promised.recorded(e.PromiseKept)
        assert kept.late == 60
        assert promised.journal.note(kept.note) == "Не было связи"

    def test_cancelled_with_a_reason_only(self, promised: Shift) -> None:
        owed = promised.owed.id
        refusal = promised.desk.cancel_promise(owed, "  ")
        assert refusal is not None
        assert refusal.code == "reason-needed"
        assert promised.desk.cancel_promise(owed, "Дозвонился сам") is None
        assert promised.norms == []

    def test_a_manager_calls_back_in_exactly_fifteen_minutes(self, shift: Shift) -> None:
        """Slide 9: the phrase itself says fifteen, so that nothing else can be chosen."""
        shift.press("Enter", "F8", "2").promise(minutes=5)
        assert (shift.owed.who, shift.owed.limit) == ("manager", 900)
        assert shift.phrase == "Менеджер перезвонит Вам в течение 15-ти минут."
