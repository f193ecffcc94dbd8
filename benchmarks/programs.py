"""The two programs that are measured, and the keys of scripted calls.

All that depends on the program's screens is here: when a text or a key changes, fix it here.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reference import READY
from benchmarks.terminal import Terminal

ROOT = Path(__file__).parent.parent
ROWS, COLS = 40, 120

GREETING = re.compile(r"компания\s+Skynet")
TALK = re.compile("Слушайте")
REFERENCE_READY = re.compile(READY)


def arguments(description: str | None, **defaults: int) -> argparse.ArgumentParser:
    """The options of every script, and a number option for each default given."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--kb", help="the folder of the knowledge base (default: the program's own)")
    parser.add_argument("--command", help="the program to measure (default: this Python -m prompter)")
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    return parser


@contextmanager
def new_home() -> Iterator[Path]:
    """A fresh folder for `PROMPTER_HOME`, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="prompter-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def prompter(options: argparse.Namespace, home: Path) -> Terminal:
    """The program, not started yet."""
    command = shlex.split(options.command) if options.command else [sys.executable, "-m", "prompter"]
    command += ["--operator", "Айгуль", "--form", "f", "--department", "sales", "--lang", "ru", "--ui", "ru"]
    if options.kb:
        command += ["--kb", str(Path(options.kb).resolve())]
    return Terminal(command, rows=ROWS, cols=COLS, cwd=ROOT, env={"PROMPTER_HOME": os.fspath(home)})


def reference() -> Terminal:
    """The reference, not started yet."""
    return Terminal([sys.executable, "-m", "benchmarks.reference"], rows=ROWS, cols=COLS, cwd=ROOT)


def need(term: Terminal, ms: float | None, what: object) -> float:
    """The milliseconds; ends the measurement with the screen's content if there are none."""
    if ms is None:
        pattern = what.pattern if isinstance(what, re.Pattern) else what
        sys.exit(f"never came: {pattern}\nexit code: {term.exit_code}\n{term.text().rstrip()}")
    return ms


def quit_program(term: Terminal) -> None:
    """Leave by Ctrl+Q, so that the next start does not recover from a crash."""
    term.press("ctrl+q")
    term.wait_exit(3)
    term.close()


# --- scripted calls ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One key press (or several typed characters) of a scripted call.

    `shows` is on the screen when it took effect, and was not before. `writes` are event types that it must
    leave in the journal under one cause; none: it writes nothing.
    """

    keys: str
    shows: str
    writes: tuple[str, ...] = ()

    def press(self, term: Terminal) -> float:
        """Press it: a key's name, or text after an equals sign."""
        if self.keys.startswith("="):
            return term.type_text(self.keys[1:])
        return term.press(self.keys)


_START = Step("enter", "Слушайте", ("call_started",))
_FAREWELL = "(?i)всего доброго"
_CLOSING = (
    Step("f9", "(?i)дополнительные вопросы", ("entered",)),
    Step("2", _FAREWELL, ("answered",)),
    Step("enter", GREETING.pattern, ("ended",)),
)
_CONTACT_FORM = Step("2", "(?i)номер", ("answered",))
_NAME_DEADLINE = r"(?i)в течение\s+«?\d+\s*мин"


def promise(number: str) -> tuple[Step, ...]:
    """From talk: he will not wait, is promised a call back, and the call rests in talk again."""
    return (
        Step("f4", "Ожидайте, пожалуйста", ("entered",)),
        _CONTACT_FORM,
        Step(f"={number}", r"\s?".join(number[-6:])),
        Step("enter", _NAME_DEADLINE, ("promise_made",)),
        Step("enter", "Слушайте", ("said",)),
    )


SILENCE = (
    _START,
    Step("f3", "Говорите, пожалуйста", ("entered",)),
    Step("2", _FAREWELL, ("answered",)),
    Step("enter", GREETING.pattern, ("ended",)),
)
PROFANITY = (
    _START,
    Step("f5", "Просьба не вести", ("entered",)),
    Step("esc", "Слушайте", ("undone",)),
    Step("f5", "Просьба не вести", ("entered",)),
    Step("2", "не может быть продолжен", ("answered",)),
    Step("enter", GREETING.pattern, ("ended",)),
)
HOLD = (
    _START,
    Step("f4", "Ожидайте, пожалуйста", ("entered",)),
    Step("enter", "Удержание", ("clock_started",)),
    Step("1", r"(?s)\A(?!.*Удержание).*Спасибо за ожидание", ("clock_stopped",)),
    Step("enter", "Слушайте", ("said",)),
    *_CLOSING,
)
PROMISE = (_START, *promise("0700112233"), *_CLOSING)
HOLD_AFTER_PROMISE = (_START, *promise("0700112233"), *HOLD[1:])
CALLS: dict[str, tuple[Step, ...]] = {
    "silence": SILENCE,
    "profanity": PROFANITY,
    "hold": HOLD,
    "promise": PROMISE,
    "hold after promise": HOLD_AFTER_PROMISE,
}
"""The calls that are played, each from the greeting to the greeting."""

THREE_CLOCKS = (
    _START,
    *promise("0700112233"),
    *promise("0555445566"),
    Step("f4", "Ожидайте, пожалуйста", ("entered",)),
    Step("enter", "Удержание", ("clock_started",)),
)
"""A hold running and two promises open."""


def play(term: Terminal, steps: tuple[Step, ...]) -> None:
    """Press the steps one after another, each when the one before is on the screen."""
    for step in steps:
        moment = step.press(term)
        need(term, term.wait_for(step.shows, 5, since=moment), f"{step.shows} after {step.keys}")
