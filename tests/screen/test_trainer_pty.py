"""The trainer does what her document says while an operator's screen is open: he sees all of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.kb.source import VARIABLE, bundled
from tests import trainer
from tests.screen.seat import Seat

pytestmark = pytest.mark.pty

PHRASE = "Посмотрите на наклейку: пароль указан там"
KYRGYZ = "Чаптаманы караңыз: сыр сөз ошол жерде жазылган"
PLACE = r"▲ База, scenarios/wifi_password\.yaml:{}:"


def test_a_new_scenario_reaches_an_open_screen(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(bundled(), tmp_path / "scripts")
    monkeypatch.setenv(VARIABLE, str(folder))

    def runs(arguments: list[str]) -> str:
        command = [sys.executable, "-m", "prompter", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=60).stdout.decode()

    with Seat(home, "--kb", str(folder), cols=60, rows=40) as seat:
        seat.greet()
        everything = ""
        for _command, _promised, told in trainer.follow(folder, runs):
            everything += told
            if "colon-in-text" in told:
                seat.see(typed=PLACE.format(13), card="Слушайте")
            if "unknown-step" in told:
                seat.see(typed=PLACE.format(17), card="Слушайте")
        assert "утверждено: wifi_password.first (ky)" in everything
        seat.see(no="▲ База")
        seat.type("не помню пароль").see(card=rf"«{PHRASE}.*KY +«{KYRGYZ}.*утверждено")
        seat.press("enter").see(
            header=r"Разговор|Забыл", card=rf"«{PHRASE}", typed="печатайте|База обновлена"
        )
        seat.press("f12").see(card=rf"«{KYRGYZ}.*утверждено")
