"""The acceptance calls on the real program in a real terminal, with a Russian keyboard layout on.

Keys are counted: no call may need more of them than its story says. Nothing sleeps: every wait is for
a state. What takes minutes in a call happened before the start, by the same keys on a clock set by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.screen.calling import GREETING, NUMBER, SHOWN, SIZES, bells, clock_is_right, focused, no_wait, seat
from tests.screen.seat import Before, Seat

pytestmark = pytest.mark.pty

__all__ = ["seat"]  # the fixture

QUIET = r"Сказать, если не сл\S+( слышно)?"


# --- the calls ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_call_1_silence(home: Path, cols: int, rows: int) -> None:
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.ready().see(header="○ Ожидание", card=f"Готово: сказать.*{GREETING}", no="▶")
        seat.press("enter")
        seat.see(
            header=r"● Разговор 0:0\d",
            card="Слушайте. Печатайте слова клиента",
            tree="F2 Приветствие ✓ – Разговор ▶",
            norms=rf"◌ {QUIET} осталось 0:1\d.*из 0:15",
        )
        seat.press("f3").see(
            card="«Говорите, пожалуйста. Я Вас слушаю, .*Нельзя «Алло, алло» 1 Клиент отозвался",
            norms="Нет таймеров и перезвонов",
            tree="F3 Клиента не слышно ▶ ▶ Попросить говорить ○ Попрощаться",
        )
        seat.see(card="Делать Сказать один раз.* 2 По-прежнему тишина .*0 не по сценарию")
        seat.press("enter").see(card=r"✓ сказано в 0:\d\d.* 1 Клиент отозвался.* 2 По-прежнему тишина")
        seat.press("2").see(card="«Спасибо за Ваш звонок, всего доброго.».*■ Enter завершит разговор: Тишина")
        seat.press("enter").see(header="○ Ожидание", card=f"Готово: сказать.*{GREETING}")
        seat.see(typed="Итог: Тишина · Ctrl[+]O заметка · Esc отменить", no="не сделано")
        assert seat.keys <= 5


def test_call_1_the_caller_spoke_and_the_quiet_line_leaves_by_itself(home: Path) -> None:
    with Before(home) as before:
        before.ago(12).press("Enter")
    with Seat(home) as seat:
        seat.ready().see(card="Слушайте", norms="Нет таймеров", no=f"{QUIET}|▲")
        assert seat.keys == 0


def test_call_2_curses_and_calms_down(seat: Seat) -> None:
    seat.greet()
    seat.press("f5").see(
        card="«Просьба не вести разговор в таком тоне.».*1 Прекратил → Разговор 2 Продолжает → Завершить",
        tree="Нецензурная лексика ▶ ▶ Предупредить ○ Завершить разговор",
    )
    seat.press("1").see(card="Слушайте", tree="– Разговор ▶.*F5 Нецензурная лексика ✓")
    seat.press("f5").see(
        card=r"«Наш разговор не может быть продолжен. Всего доброго.».*✓ Предупредить: .*уже.* 0:\d\d",
        tree="▶ Завершить разговор",
    )
    assert seat.keys <= 4


def test_call_3_curses_on(seat: Seat) -> None:
    seat.greet().press("f5").see(card="«Просьба не вести").press("2")
    seat.see(
        card="«Наш разговор не может быть продолжен. Всего доброго.».*Enter завершит разговор: Завершён из-за"
    )
    seat.press("enter").see(header="Ожидание", card=GREETING)
    seat.see(typed="Итог: Завершён из-за брани · Ctrl[+]O заметка", no="не сделано|Спросить")
    assert seat.keys <= 5


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_call_4_a_question_nobody_can_answer(home: Path, cols: int, rows: int) -> None:
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.greet().press("f4").see(
            card="«Ожидайте, пожалуйста, на линии, я уточню данную информацию.».*«Не знаю», «Не уверен",
        )
        seat.see(card="1 Спрашивает, сколько ждать .*2 Не согласен ждать .*3 Ждёт \\(Enter\\)")
        seat.press("enter").see(
            header=r"◐ Удержание 0:\d\d",
            card="Потом .*«Спасибо за ожидание.».*1 Информация найдена",
            tree=r"Клиент ждёт ◐ ещё [12]:\d\d",
            norms=r"◐ Удержание осталось [12]:\d\d.*из 2:00",
        )
        seat.press("1").see(
            header="● Разговор",
            card="Сказать «Спасибо за ожидание.».*Делать Передать информацию",
            norms="Нет таймеров",
        )
        seat.press("enter").see(card="Слушайте", tree="F4 Уточнить информацию ✓|– Разговор ▶")
        seat.press("f9").see(
            card="Своими словами Спросить, есть ли дополнительные вопросы"
            ".* 1 Есть вопрос → Разговор 2 Вопросов нет → Попрощаться"
        )
        seat.press("2").see(
            card="«Спасибо за Ваш звонок, всего доброго.».*Enter завершит разговор: Вопрос реш"
        )
        seat.press("enter").see(header="Ожидание", typed="Итог: Вопрос решён · Ctrl", no="не сделано")
        assert seat.keys <= 9


def test_call_4_he_asks_how_long_and_is_told_a_minute(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте").press("1")
    seat.see(
        card="«Извините, не могли бы подождать ‹2› мин. Я уточню данную информацию для Вас.».*← → изменить"
    )
    seat.press("left").see(card="подождать ‹1› мин").press("enter")
    seat.see(header="Удержание", norms=r"Удержание осталось (0:\d\d|1:00).*из 1:00")


def test_call_4_the_hold_warns_then_runs_over_and_rings_once(home: Path) -> None:
    with Before(home) as before:
        before.ago(112).press("Enter", "F4", "Enter")
    with Seat(home) as seat:
        seat.ready().see(header="◑ Удержание|▲ Удержание")
        crossed = seat.header.startswith("◑")  # not on a machine that took so long to start
        seat.see(
            header="▲ Удержание",
            card="2 Не согласен ждать → Взять контакт, перезвонить .*Вернуться и извиниться",
            norms=r"▲ Удержание превышено на 0:\d\d.*из 2:00",
            tree=r"Клиент ждёт ▲ превышено \+0:\d\d",
        )
        assert bells(seat) == crossed
        assert seat.keys == 0


def test_call_4_half_a_minute_left(home: Path) -> None:
    with Before(home) as before:
        before.ago(92).press("Enter", "F4", "Enter")
    with Seat(home) as seat:
        seat.ready().see(header="◑ Удержание", norms=r"◑ Удержание осталось всего 0:\d\d.*из 2:00")
        assert bells(seat) == 0
        seat.press("1").see(card="Сказать «Спасибо за ожидание.»", norms="Нет таймеров")


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_call_5_will_not_wait(home: Path, cols: int, rows: int) -> None:
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.greet()
        no_wait(seat)
        before = seat.keys
        seat.see(card="Взять номер, имя, вопрос", bar="Enter записать")
        seat.type(NUMBER).see(card=NUMBER).press("tab").until(lambda: focused(seat) == "Имя")
        seat.type("Бакыт").see(card="Имя Бакыт")
        seat.press("left", "left").see(card="‹ 20 мин ›").press("enter")
        form = seat.keys - before
        seat.see(
            header=f"☎ {SHOWN}",
            card="Своими словами .*«в течение 20 мин»",
            norms=rf"○ Перезвонить .*20 мин {SHOWN}" + (" Бакыт" if cols > 60 else ""),
        )
        seat.press("enter").see(card="Слушайте")
        seat.press("f9").see(card="дополнительные вопросы").press("2")
        seat.see(card="«Спасибо за Ваш звонок.*■ Enter завершит разговор: Обещан перезвон")
        seat.press("enter").see(header="Ожидание", typed="Итог: Обещан перезвон · Ctrl", no="не сделано")
        seat.see(norms=rf"○ Перезвонить .*20 мин {SHOWN}")
        assert seat.keys - form <= 9
        assert form == len(NUMBER) + len("Бакыт") + 4


def test_a_number_alone_is_enough_and_none_is_asked_for_again(seat: Seat) -> None:
    seat.greet()
    no_wait(seat)
    seat.press("enter").see(card="Напишите номер|номер.*цифр")
    seat.type(NUMBER).press("enter").see(card="«в течение 30 мин»", norms=f"30 мин {SHOWN}")
    seat.press("enter").see(card="Слушайте").press("f8").see(card="«По какому вопросу").press("2")
    seat.see(card=f"Контакт: перезвонит менеджер Номер {SHOWN}")


def overdue_soon(home: Path) -> float:
    """Two promises of earlier calls; when the first of them is overdue."""
    with Before(home) as before:
        desk = before.ago(20 * 60)
        desk.press("Enter", "F4", "2").promise("0555445566", "Нурлан").press("Enter", "F9", "2", "Enter")
        desk = before.ago(30 * 60 - 6)
        desk.press("Enter", "F4", "2").promise(NUMBER).press("Enter", "F9", "2", "Enter")
        return before.now + 6


def test_an_overdue_call_back_costs_the_next_calls_no_key(home: Path) -> None:
    overdue_soon(home)
    with Seat(home) as seat:
        seat.greet()
        late = rf"▲ Перезвонить просрочено \d+ \S+ {SHOWN} Бакыт ○ Перезвонить .*Нурлан"
        seat.see(norms=rf"◑ Перезвонить .* 1 мин {SHOWN}|{late}", no="Перезвоны")
        seat.see(norms=late, card="Слушайте", no="Перезвоны")
        seat.press("f3").see(card="^Сказать «Говорите, пожалуйста", norms="^" + late)
        seat.press("enter").see(card="✓ сказано").press("2").see(card="всего доброго")
        seat.press("enter").see(header="Ожидание", card=GREETING, norms=late)
        assert seat.keys <= 5
        seat.press("enter").see(card="Слушайте", norms="▲ Перезвонить")
        seat.press("f5").see(card="^Сказать «Просьба не вести").press("2").see(card="не может быть продолжен")
        seat.press("enter").see(header="Ожидание", norms="▲ Перезвонить просрочено", typed="Итог: Завершён")
        assert seat.keys <= 5 + 4
        seat.press("ctrl+b").see(card="Перезвоны ▲ .*просрочено.* ○ .*1 позвонить 2 выполнено 3 отменить")
        seat.press("1").see(
            header=f"исходящий ☎ {SHOWN}", card="Поздороваться, назвать компанию", no="слушаю"
        )


def test_a_promise_is_not_undone_but_cancelled_with_a_reason(seat: Seat) -> None:
    seat.greet()
    no_wait(seat)
    seat.type(NUMBER).press("enter").see(card="«в течение 30 мин»").press("esc")
    seat.see(card="Контакт: перезвоните Вы", norms="○ Перезвонить").press("esc").see(card="«Ожидайте")
    seat.see(norms="○ Перезвонить").press("ctrl+e").see(card="1 Клиент положил трубку").press("1")
    seat.see(header="Ожидание", norms="○ Перезвонить").press("ctrl+b").see(card="3 отменить").press("3")
    seat.see(card="Почему перезвона не будет.").press("enter").see(card="Напишите причину")
    seat.type("сам дозвонился").press("enter").see(norms="Нет таймеров", no="Почему перезвона")


def test_call_6_the_manager(seat: Seat) -> None:
    seat.greet().press("f8")
    seat.see(card="«По какому вопросу Вы желаете обратиться к менеджеру.».*1 Назвал вопрос.*2 Настаивает")
    seat.press("1").see(card="«Возможно я смогу Вам помочь.».*1 Согласен → Разговор 2 Настаивает")
    seat.press("1").see(card="Слушайте", norms=QUIET + "|Нет таймеров")
    assert seat.keys <= 4
    seat.press("f8").see(card="«По какому вопросу").press("2").see(card="Контакт: перезвонит менеджер")
    seat.type(NUMBER).see(card=f"{NUMBER}.*15 мин").press("enter")
    seat.see(
        card="«Менеджер перезвонит Вам в течение 15-ти минут.»",
        norms=f"○ Перезвонит менеджер .*15 мин {SHOWN}",
    )


def call_of(seat: Seat) -> Seat:
    """A call by hand, with its number, not greeted yet."""
    seat.press("ctrl+n").see(card="Звонок вручную").type(NUMBER).see(card=NUMBER).press("enter")
    return seat.see(header=f"Разговор .*{SHOWN}", card=GREETING)


def test_call_3_rings_back_and_complains(seat: Seat) -> None:
    call_of(seat.ready()).press("enter").see(card="Слушайте").press("f5").see(card="«Просьба не вести")
    seat.press("2").see(card="■ Enter завершит").press("enter").see(header="Ожидание")
    call_of(seat).see(card="▲ Прошлый звонок .*Завершён из-за брани. F5 Почему бросили трубку")
    seat.press("enter").see(card="Слушайте").press("f5").see(
        card="«Я завершила с Вами разговор из-за использования нецензурной лексики.».*2 Снова ругается",
        tree="Почему бросили трубку ▶",
    )
    seat.press("2").see(card="«Просьба не вести").press("2")
    seat.see(card="■ Enter завершит разговор: Завершён из-за брани")


def test_call_6_flirting_found_in_the_wrong_layout(seat: Seat) -> None:
    seat.greet().type("gjpyfr").see(tree="^– Личные вопросы сценарий").press("enter")
    seat.see(card="«Информацию личного характера мы не предоставляем. Будут ли у вас вопросы по услугам")
    seat.press("enter").see(card="✓ сказано", norms="Подождать ответа").press("2")
    seat.see(card="«Спасибо Вам за звонок, всего доброго.».*Вопросов по услугам нет").press("enter")
    seat.see(header="Ожидание", typed="Итог: Вопросов по услугам нет", no="не сделано")


def test_call_7_the_wrong_key(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте").press("enter").see(norms="◐ Удержание осталось")
    seat.press("f5").see(card="«Просьба не вести", norms="‖ Удержание")
    seat.press("esc").see(header="◐ Удержание", card="Потом «Спасибо", norms="◐ Удержание осталось")
    seat.until(lambda: clock_is_right(seat, "clock_started", 120, r"◐ Удержание осталось (\d):(\d\d)"))
    assert seat.keys <= 5


def test_call_7_the_first_key_taken_back_voids_the_call(seat: Seat) -> None:
    seat.greet().press("esc").see(header="Ожидание", card=GREETING, norms="Нет таймеров", no="Итог")


def test_call_7_he_hangs_up(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте").press("ctrl+e")
    seat.see(card="Чем закончился разговор. 1 Клиент положил трубку 2 Вопрос решён 3 Обещан")
    seat.press("1").see(header="Ожидание", card=GREETING, typed="Клиент положил трубку", no="не сделано")
    assert seat.keys <= 4


def test_call_7_nothing_fits_and_the_words_come_after_the_call(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте").press("0")
    seat.see(typed="записано, допишите после звонка", card="«Ожидайте", header="Разговор")
    seat.press("ctrl+e").see(card="1 Клиент положил трубку").press("1").see(typed="Итог: ")
    seat.see(typed="запис.*Ctrl[+]O|Ctrl[+]O.*запис")
    seat.press("ctrl+o").see(card="Что сказал клиент. .\\d\\d:\\d\\d Попросить подождать. .*Слова")
    seat.type("а если 0 рублей на счету").see(card="а если 0 рублей на счету").press("enter")
    seat.see(card=GREETING, typed="Записано", no="Что сказал клиент")
    seat.press("enter").see(header="Разговор 0:0", card="Слушайте")


def test_call_7_the_program_dies_in_a_hold(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet()
        no_wait(seat)
        seat.type(NUMBER).press("enter").see(card="«в течение").press("enter").see(card="Слушайте")
        seat.press("f4").see(card="«Ожидайте").press("enter").see(
            norms="Удержание осталось 1:.*○ Перезвонить"
        )
        seat.until(lambda: seat.term.shows(r"осталось 1:5[0-8]"))
        card, tree = seat.card, seat.tree
        seat.term.kill()
    with Seat(home) as seat:
        seat.ready().see(
            header=rf"◐ Удержание 0:\d\d .*{SHOWN}",
            card=re.escape(card),
            norms=rf"◐ Удержание осталось 1:\d\d.*○ Перезвонить .*30 мин {SHOWN}",
            typed="Восстановлено после сбоя",
        )
        without_clock = re.compile(r"\d:\d\d")
        assert without_clock.sub("", seat.tree) == without_clock.sub("", tree)
        seat.until(lambda: clock_is_right(seat, "clock_started", 120, r"◐ Удержание осталось (\d):(\d\d)"))
        seat.until(lambda: clock_is_right(seat, "call_started", 0, r"Удержание (\d):(\d\d)", left=False))
        seat.press("1").see(card="Сказать «Спасибо за ожидание.»", norms="^○ Перезвонить")
        assert seat.keys == 1
