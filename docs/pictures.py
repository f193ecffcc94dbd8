"""Makes the documents' pictures from the running program: `python docs/pictures.py [NAME …]`.

A real pseudo-terminal, the bundled scripts, a home that is thrown away. Needs the test dependencies
(pyte, pillow) and DejaVu Sans Mono.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.terminal import KEYS, Terminal  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
AIGUL = ["--operator", "Айгуль", "--form", "f", "--department", "sales", "--lang", "ru", "--ui", "ru"]

HOLD_WITH_PROMISE = [
    *("enter", "f4", "2"),
    "0700112233\tНурлан\tнет интернета",
    *("left", "left", "enter", "enter", "f9", "2", "enter"),
    *("enter", "f4", "1", "left", "enter"),
]
"""A call that ended with a promise, then one whose caller waits for a minute."""

PICTURES: dict[str, tuple[tuple[int, int], list[str], str]] = {
    "greeting": ((100, 28), [], "dark"),
    "wide": ((100, 28), HOLD_WITH_PROMISE, "dark"),
    "narrow": ((60, 36), ["enter", "f5"], "dark"),
    "contact": ((60, 36), ["enter", "f4", "2", "0700112233\tНурлан", "left"], "dark"),
    "search": ((60, 36), ["enter", "приятный"], "dark"),
    "callbacks": ((60, 36), [*HOLD_WITH_PROMISE, "ctrl+b"], "dark"),
    "outcomes": ((60, 36), ["enter", "f9", "ctrl+e"], "dark"),
    "handbook": ((100, 28), ["ctrl+r", *["down"] * 12], "dark"),
    "light": ((100, 28), HOLD_WITH_PROMISE, "light"),
    "contrast": ((100, 28), HOLD_WITH_PROMISE, "contrast"),
}
"""Size, keys and texts in the order of typing, colours."""


def take(name: str, size: tuple[int, int], keys: list[str], theme: str) -> None:
    """Press the keys and keep the picture."""
    with tempfile.TemporaryDirectory() as home:
        program = [sys.executable, "-m", "prompter", *AIGUL, "--theme", theme]
        with Terminal(program, rows=size[1], cols=size[0], env={"PROMPTER_HOME": home}) as term:
            if term.wait_for("компания Skynet", 30) is None:
                raise SystemExit(f"the program did not start:\n{term.text()}")
            term.settle()
            for key in keys:
                if key in KEYS or len(key) == 1:
                    term.press(key)
                else:
                    term.type_text(key)
                term.settle(0.3)
            term.png(str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for picture in sys.argv[1:] or PICTURES:
        take(picture, *PICTURES[picture])
        print(FOLDER / f"{picture}.png")
