"""The real program in a terminal, killed in the middle of a drill and of an exam."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from benchmarks.terminal import Terminal
from tests.call.builders import ROOT

pytestmark = pytest.mark.pty

PATIENCE = 60.0


class Trainee:
    """`prompter practice` in a terminal, on a home that outlives it."""

    def __init__(self, home: Path, *options: str) -> None:
        who = ("--name", "Айгуль", "--department", "sales", "--lang", "ru", "--ui", "ru")
        command = [sys.executable, "-m", "prompter", "practice", *options, *who]
        self.term = Terminal(command, rows=30, cols=80, cwd=ROOT, env={"PROMPTER_HOME": str(home)})

    def __enter__(self) -> Trainee:
        self.term.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.term.__exit__(None, None, None)

    def see(self, text: str) -> None:
        assert self.term.wait_for(text, PATIENCE) is not None, self.term.text()

    def press(self, key: str, then: str) -> None:
        self.term.press(key)
        self.see(then)

    def kill(self) -> None:
        self.term.kill()
        self.term.wait_exit(PATIENCE)


def test_a_killed_drill_goes_on_and_a_killed_exam_says_so(tmp_path: Path) -> None:
    with Trainee(tmp_path, "scenario", "manager", "--level", "visible", "--seed", "4") as first:
        first.see("снять трубку")
        first.press("enter", "«Хочу говорить с начальником»")
        first.press("f8", "По какому вопросу Вы желаете")
        first.kill()
    with Trainee(tmp_path) as again:
        again.see("Продолжить: Один сценарий")
        again.press("6", "По какому вопросу Вы желаете")
        again.press("enter", "«Я скажу это только менеджеру.»")
        again.kill()
    with Trainee(tmp_path, "exam") as exam:
        exam.see("одна попытка")
        exam.press("1", "снять трубку")
        exam.press("enter", "Что Вы скажете?")
        exam.kill()
    with Trainee(tmp_path, "exam") as late:
        late.see("Этот экзамен уже сдавали")
        late.see("прерван")
