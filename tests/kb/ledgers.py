"""Ledgers of approvals, for tests."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from prompter.kb.approving import Decision, Done, approve
from prompter.kb.build import load_sources
from tests.kb.bases import HELLO, write

AT = datetime(2026, 1, 2, 9, 30, tzinfo=timezone(timedelta(hours=6)))
BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")


def decide(folder: Path, phrase: str, lang: str, by: str, at: datetime = AT, **more: str) -> Done:
    return approve(folder, [phrase], Decision(lang, by, at, **more))


def approved(folder: Path, step: str = "hello.first", lang: str = "ru") -> list[bool]:
    say = load_sources(folder)[0].steps[step].say
    assert say is not None
    return [one.approved for one in say.wordings[lang]]


ENTRY = (
    '- text: "0123456789abcdef"\n  lang: "ky"\n  by: "Айгуль"\n  at: "2026-11-22T10:00:00Z"\n'
    '  source: "fedcba9876543210"\n  phrase: "a.one"\n'
)
SHORT = ENTRY[: ENTRY.index("  source")]


def sealed(folder: Path) -> str:
    """The ledger of a base with a translation of two lines, as the program writes it."""
    write(folder, hello=BOTH.replace("ky: Саламатсызбы", "ky: |\n        Саламатсызбы\n        «Кош»"))
    decide(folder, "hello.first", "ru", "Айгуль", review="2027-03-01")
    decide(folder, "hello.first", "ky", "Нурбек")
    return (folder / "approvals.yaml").read_text(encoding="utf-8")
