"""Makes the pictures of the documents from the running program: `python docs/pictures.py [NAME …]`.

A real pseudo-terminal, the bundled scripts, a home that is thrown away. Needs the test dependencies
(pyte, pillow) and DejaVu Sans Mono.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.keyboard import KEYS  # noqa: E402
from benchmarks.terminal import Terminal  # noqa: E402
from tests import trainer  # noqa: E402

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
"""Size, keys and texts in typing order, colours."""


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


PRACTICE = {
    "practice": ["enter", "enter", "1", "?начальником", "f8", "enter"],
    "practice-replay": [
        *("enter", "enter", "1", "?начальником", "f8", "enter", "2", "?только менеджеру", "2"),
        *("0500001897\tТемир\tоплата", "enter", "enter", "1", "?жду звонка", "1", "?благодарю"),
        *("f9", "enter", "?всё понятно", "2", "enter", "1", "?Что делать дальше"),
    ],
}
"""Keys and texts of a drill; after «?» what the caller says then, or what is shown at its end."""


def take_practice(name: str) -> None:
    """Drill one scenario with the phrase hidden, and capture what the trainee sees."""
    options = ["--name", "Айгуль", "--level", "hidden", "--seed", "4", *AIGUL]
    program = [sys.executable, "-m", "prompter", "practice", "scenario", "manager", *options]
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(program, rows=30, cols=80, env={"PROMPTER_HOME": home}) as term,
    ):
        awaited(term, "снять трубку")
        for key in PRACTICE[name]:
            if key.startswith("?"):
                awaited(term, key[1:])
            elif key in KEYS or len(key) == 1:
                term.press(key)
            else:
                term.type_text(key)
            term.settle(0.3)
        term.png(str(FOLDER / f"{name}.png"))


TRAINER = ("trainer-check", "trainer-mistake", "trainer-pending", "trainer-found", "trainer-coverage")
"""Made together, following `docs/trainer.md`."""


def take_trainers() -> None:
    """Follow the trainer's document beside an operator's open screen, and capture what she sees."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(ROOT / "scripts_kb", Path(place) / "scripts"))
        (folder / trainer.FOLDER).symlink_to(".")  # so that the command mentions the document's folder
        env = {"PROMPTER_HOME": place, "PROMPTER_KB": trainer.FOLDER, "PROMPTER_UI": "ru"}
        program = [sys.executable, "-m", "prompter"]

        def runs(arguments: list[str]) -> str:
            done = subprocess.run(
                [*program, *arguments], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True
            )
            return done.stdout

        with Terminal([*program, *AIGUL], rows=36, cols=60, cwd=folder, env=env) as screen:
            awaited(screen, "компания Skynet")
            screen.press("enter")
            for command, _promised, told in trainer.follow(folder, runs):
                if "colon-in-text" in told:
                    take_command("trainer-check", command, 9, folder, env)
                if command.startswith("prompter pending"):
                    take_command("trainer-pending", command, 10, folder, env)
                if "unknown-step" in told:
                    awaited(screen, "wifi_password.yaml:17")
                    screen.png(str(FOLDER / "trainer-mistake.png"))
            screen.type_text("не помню пароль")
            awaited(screen, "Чаптаманы караңыз")
            screen.png(str(FOLDER / "trainer-found.png"))
        take_command("trainer-coverage", "prompter coverage", 34, folder, env)


APPROVALS = {
    "trainer-edited": ("prompter pending inaudible", 16),
    "trainer-gaps": ("prompter gaps", 10),
}
"""Commands of a trainer with edited scripts and operators' questions; rows of the picture."""

ASKED = (
    "Почему баланс отрицательный?",
    "отрицательный баланс, почему",
    "баланс отрицательный",
    "сменить тариф",
)


def take_approvals() -> None:
    """Edit a phrase whose translation was approved, have callers ask, and capture the commands' output."""
    from prompter.call.actions import End
    from prompter.call.view.parts import Viewer
    from prompter.desk import Desk
    from prompter.journal.store import Journal
    from prompter.kb.approving import Decision, approve
    from prompter.kb.build import load_sources

    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(ROOT / "scripts_kb", Path(place) / "scripts"))
        env = {"PROMPTER_HOME": place, "PROMPTER_KB": str(folder), "PROMPTER_UI": "ru"}
        approve(folder, ["inaudible.ask"], Decision("ky", "Айгуль Т.", datetime.now(UTC)))
        edited = folder / "scenarios" / "inaudible.yaml"
        text = edited.read_text(encoding="utf-8").replace(
            "Я Вас слушаю, Вас", "Я Вас внимательно слушаю, но Вас"
        )
        edited.write_text(text, encoding="utf-8")
        base, _ = load_sources(folder)
        journal = Journal.open(Path(place) / "journal.db")
        desk = Desk(base, journal, Viewer(language="ru"))
        for words in ASKED:
            desk.start()
            desk.note_gap(words)
            desk.act(End("hung-up"))
        desk.note_search("роутер мигает красным")
        journal.close()
        for name, (command, rows) in APPROVALS.items():
            take_command(name, command, rows, folder, env)


def take_command(name: str, command: str, rows: int, folder: Path, env: dict[str, str]) -> None:
    """Capture the first rows of a command's output in a terminal."""
    script = 'printf "%s\\n" "$1"; shift; exec "$@"'
    program = [sys.executable, "-m", "prompter", *command.split()[1:]]
    argv = ["sh", "-c", script, "sh", trainer.PROMPT + command, *program]
    with Terminal(argv, rows=120, cols=100, cwd=folder, env=env) as term:
        term.wait_exit(60)
        term.png(str(FOLDER / f"{name}.png"))
    with Image.open(FOLDER / f"{name}.png") as whole:
        top = whole.crop((0, 0, whole.width, whole.height * rows // 120))
    top.save(FOLDER / f"{name}.png")


def awaited(screen: Terminal, text: str) -> None:
    """Wait until a text is shown and nothing moves."""
    if screen.wait_for(text, 60) is None:
        raise SystemExit(f"no «{text}» came:\n{screen.text()}")
    screen.settle()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or [*PICTURES, *PRACTICE, *TRAINER, *APPROVALS]
    for picture in wanted:
        if picture in PICTURES:
            take(picture, *PICTURES[picture])
            print(FOLDER / f"{picture}.png")
        elif picture in PRACTICE:
            take_practice(picture)
            print(FOLDER / f"{picture}.png")
    if set(wanted) & set(APPROVALS):
        take_approvals()
        print(*(FOLDER / f"{picture}.png" for picture in APPROVALS), sep="\n")
    if set(wanted) & set(TRAINER):
        take_trainers()
        print(*(FOLDER / f"{picture}.png" for picture in TRAINER), sep="\n")
