"""An operator before the real program: presses keys, counts them, reads the screen by its regions."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from benchmarks.keyboard import kitty
from benchmarks.terminal import Terminal
from prompter.desk import new_id
from tests.call.builders import ROOT, HandClock, Shift, bundled

PATIENCE = 60.0
"""Seconds that a state may take to come, on a machine that does much else."""

TREE = 38
"""The tree's columns where it stands beside the card."""

WHO = ("--operator", "Айгуль", "--form", "f", "--department", "sales")

_PLACES = zip("benopqry", "иутщзйкн", strict=True)
CTRL = {f"ctrl+{latin}": kitty(f"ctrl+{russian}") for latin, russian in _PLACES}
"""Ctrl with a letter as a terminal sends it while the Russian layout is on, by the key's Latin name."""

_FRAME = re.compile("[│╭╮╰╯]|[─━]+")


def _plain(rows: Sequence[str]) -> str:
    """The rows as one line of words, without frames and rules."""
    return " ".join(_FRAME.sub(" ", " ".join(rows)).split())


class Seat:
    """The program in a terminal. `keys` counts what was pressed; a pasted or typed text counts by letters."""

    def __init__(
        self,
        home: Path,
        *options: str,
        cols: int = 120,
        rows: int = 40,
        who: Sequence[str] = WHO,
        env: Mapping[str, str] | None = None,
    ) -> None:
        command = [sys.executable, "-m", "prompter", *who, *options]
        self.term = Terminal(
            command,
            rows=rows,
            cols=cols,
            cwd=ROOT,
            env={"PROMPTER_HOME": str(home), **(env or {})},
            synchronized=True,
        )
        self.keys = 0
        self.life = ExitStack()

    def __enter__(self) -> Self:
        self.life.enter_context(self.term)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.life.close()

    # looking

    @property
    def low(self) -> bool:
        """Whether the window is too low for four lines of norms."""
        return self.term.rows < 32

    @property
    def _rule(self) -> int:
        """The row of the rule above the norms: the lowest one across the window."""
        lines = self.term.lines()
        rules = [number for number, row in enumerate(lines) if set(row) == {"─"}]
        return rules[-1] if rules else len(lines) - (5 if self.low else 6)

    def _body(self) -> tuple[list[str], list[str]]:
        body = self.term.lines()[1 : self._rule]
        if self.term.cols < 100:
            return body, body
        return [row[TREE:] for row in body], [row[:TREE] for row in body]

    @property
    def header(self) -> str:
        """The top line."""
        return _plain(self.term.lines()[:1])

    @property
    def card(self) -> str:
        """The card, and what stands over it; in a narrow window the tree too."""
        return _plain(self._body()[0])

    @property
    def tree(self) -> str:
        """The tree; in a narrow window the card too."""
        return _plain(self._body()[1])

    @property
    def norms(self) -> str:
        """The clocks and promises."""
        return _plain(self.term.lines()[self._rule : self._rule + (3 if self.low else 4)])

    @property
    def typed(self) -> str:
        """The line of messages and of what is typed; a long message takes several."""
        return _plain(self.term.lines()[self._rule + (3 if self.low else 4) : -1])

    @property
    def bar(self) -> str:
        """The keys that act."""
        return _plain(self.term.lines()[-1:])

    def see(self, no: str = "", **regions: str) -> Self:
        """Wait until every region shows its pattern, and the whole screen none of `no`."""
        self.until(lambda: self._wrong(no, regions) == [], lambda: self._wrong(no, regions))
        return self

    def _wrong(self, no: str, regions: dict[str, str]) -> list[str]:
        wrong = [
            f"{name} lacks {pattern!r}: {shown}"
            for name, pattern in regions.items()
            if not re.search(pattern, shown := getattr(self, name))
        ]
        everything = _plain(self.term.lines())
        return [*wrong, f"{no!r} is there"] if no and re.search(no, everything) else wrong

    def until(
        self, true: Callable[[], bool], wrong: Callable[[], object] = str, patience: float = PATIENCE
    ) -> None:
        """Read on until something is true of a whole frame."""
        end = time.monotonic() + patience
        while self.term.in_frame or not true():
            if time.monotonic() > end or not (self.term.read(0.05) or self.term.exit_code is None):
                screen = "\n".join(row.rstrip() for row in self.term.lines())
                pytest.fail(f"{wrong()}\nexit code {self.term.exit_code}, {self.keys} keys\n{screen}")

    def ready(self) -> Self:
        """Wait for the first frame, and the greeting or a call in it."""
        return self.see(header=r"\d\d:\d\d$", bar="F1|Esc")

    def resize(self, cols: int, rows: int) -> Self:
        """The window gets another size."""
        self.term.resize(rows, cols)
        return self

    # pressing

    def press(self, *keys: str) -> Self:
        """Keys by their names, one after the other."""
        for key in keys:
            self.keys += 1
            self.term.press(CTRL.get(key, key))
        return self

    def type(self, text: str) -> Self:
        """Letters, each a key."""
        self.keys += len(text)
        self.term.type_text(text)
        return self

    def paste(self, text: str) -> Self:
        """A pasted text, as a terminal brackets it."""
        self.term.type_text(f"\x1b[200~{text}\x1b[201~")
        return self

    def greet(self) -> Self:
        """The call is answered and the greeting said."""
        return self.ready().see(header="Ожидание").press("enter").see(header="Разговор 0:", card="Слушайте")

    def leave(self) -> None:
        """Quit between calls."""
        self.press("ctrl+q").ended()

    def ended(self) -> None:
        """Wait for the program's end, a good one."""
        end = time.monotonic() + PATIENCE
        while self.term.exit_code is None and time.monotonic() < end:
            self.term.wait_exit(0.2)
        if self.term.exit_code != 0:
            screen = "\n".join(row.rstrip() for row in self.term.lines())
            pytest.fail(f"exit code {self.term.exit_code}, {self.keys} keys\n{screen}")


class Before:
    """What happened at this desk before the program is started: keys pressed so many seconds ago."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.now = time.time()
        self.shift = Shift(home / "journal.db", bundled(), clock=HandClock(self.now), ids=new_id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shift.journal.close()

    def ago(self, seconds: float) -> Shift:
        """The desk, as it was then."""
        self.shift.clock.time = self.now - seconds
        return self.shift
