"""What the screen looks like, at the three sizes it must serve. Time stands, the cursor does not blink.

A picture that changed on purpose is looked at, then renewed: `pytest tests/snapshots --snapshot-update`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input

from prompter.kb.model import KnowledgeBase, Texts
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from tests.call.builders import Shift, bundled

AIGUL = Settings(operator="Айгуль", form="f", department="sales", language="ru")
SIZES = {"60x40": (60, 40), "80x24": (80, 24), "120x40": (120, 40)}
CONTACT = ("0", "7", "0", "0", "1", "1", "2", "2", "3", "3", "tab", "Н", "у", "р", "л", "а", "н", "tab")


@pytest.fixture(autouse=True)
def bishkek(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands where the calls are made."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows sets no zone for one program")
    monkeypatch.setenv("TZ", "Asia/Bishkek")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def app(tmp_path: Path) -> PrompterApp:
    return seated(tmp_path)


def seated(
    tmp_path: Path,
    settings: Settings = AIGUL,
    play: Callable[[Shift], object] | None = None,
    base: KnowledgeBase | None = None,
) -> PrompterApp:
    """The program of an operator at whose desk something was done before."""
    shift = Shift(tmp_path / "journal.db", base or bundled())
    if play:
        play(shift)
    shift.desk.sit(settings.operator, settings.form, settings.department, settings.language, settings.ui)
    return PrompterApp(shift.desk, settings, tmp_path)


async def still(pilot: Pilot[None]) -> None:
    """A cursor that does not blink."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()


def owed(shift: Shift) -> None:
    """A call-back promised at 14:20 for 14:40, another for 14:55; now it is 14:45 and a caller holds."""
    shift.press("Enter", "F4", "2")
    assert shift.desk.make_promise("0700112233", "Нурлан", "нет интернета", 20 * 60) is None
    shift.press("Enter", "F9", "2", "Enter")
    shift.later(5 * 60).press("Enter", "F4", "2")
    assert shift.desk.make_promise("0555405060", "Гульмира", "", 30 * 60) is None
    shift.press("Enter", "F9", "2", "Enter")
    shift.later(20 * 60).answer().press("Enter", "F4", "Enter")
    shift.at("1:36")


Snap = Callable[..., bool]


def test_between_calls(snap_compare: Snap, app: PrompterApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size)


def test_the_caller_is_not_heard(snap_compare: Snap, app: PrompterApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, press=["enter", "f3", "enter"], terminal_size=size)


def test_hold_with_overdue_call_back(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(seated(tmp_path, play=owed), terminal_size=size)


def test_contact_form(snap_compare: Snap, app: PrompterApp, size: tuple[int, int]) -> None:
    keys = ["enter", "f4", "2", *CONTACT, "left", "left"]
    assert snap_compare(app, press=keys, run_before=still, terminal_size=size)


def test_kyrgyz_call_without_an_approved_phrase(
    snap_compare: Snap, app: PrompterApp, size: tuple[int, int]
) -> None:
    assert snap_compare(app, press=["enter", "f12", "f4"], terminal_size=size)


def test_limit_over(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    def play(shift: Shift) -> None:
        shift.press("Enter", "F4", "Enter").at("2:07")

    assert snap_compare(seated(tmp_path, play=play), terminal_size=size)


def test_search_by_the_callers_words(snap_compare: Snap, app: PrompterApp) -> None:
    assert snap_compare(app, press=["enter", *"соедин"], terminal_size=(60, 40))


def test_outcomes(snap_compare: Snap, app: PrompterApp) -> None:
    assert snap_compare(app, press=["enter", "ctrl+e"], terminal_size=(80, 24))


def test_call_backs(snap_compare: Snap, tmp_path: Path) -> None:
    assert snap_compare(seated(tmp_path, play=owed), press=["ctrl+b"], terminal_size=(120, 40))


def test_help(snap_compare: Snap, app: PrompterApp) -> None:
    assert snap_compare(app, press=["f1"], terminal_size=(60, 40))


def test_handbook(snap_compare: Snap, app: PrompterApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, press=["enter", "ctrl+r", *"кофе"], run_before=still, terminal_size=size)


def test_read_in_the_handbook(snap_compare: Snap, app: PrompterApp) -> None:
    keys = ["enter", "ctrl+r", *"знаю", "enter"]
    assert snap_compare(app, press=keys, terminal_size=(60, 40))


def test_first_start(snap_compare: Snap, tmp_path: Path) -> None:
    nobody = seated(tmp_path, Settings())
    assert snap_compare(nobody, run_before=still, terminal_size=(60, 40))


def test_ended_with_duties_missed(snap_compare: Snap, app: PrompterApp) -> None:
    assert snap_compare(app, press=["enter", "ctrl+e", "2"], terminal_size=(60, 40))


def test_interface_in_english(snap_compare: Snap, tmp_path: Path) -> None:
    from prompter import locale

    locale.activate("en")
    english = seated(tmp_path, Settings(operator="Aigul", ui="en"))
    assert snap_compare(english, press=["enter", "f5"], terminal_size=(80, 24))


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_other_colours(snap_compare: Snap, tmp_path: Path, theme: str) -> None:
    coloured = seated(tmp_path, replace(AIGUL, theme=theme), play=owed)
    assert snap_compare(coloured, terminal_size=(100, 30))


# long texts

OPERATOR = "Абдырахманова Айгульжан Константиновна-Ли"
CALLER = "Константин Константинопольский-Преображенский оглы Рахманович"


def longer(texts: Texts) -> Texts:
    """A title as somebody might write it who never saw the screen."""
    return {language: f"{text} и ещё очень длинное уточнение" for language, text in texts.items()}


def lengthened(base: KnowledgeBase) -> KnowledgeBase:
    """The base with long titles of scenarios, steps, answers, norms and outcomes."""
    steps = {
        id_: replace(
            step,
            title=longer(step.title),
            answers=tuple(replace(answer, when=longer(answer.when)) for answer in step.answers),
        )
        for id_, step in base.steps.items()
    }
    return replace(
        base,
        steps=steps,
        scenarios={id_: replace(one, title=longer(one.title)) for id_, one in base.scenarios.items()},
        norms={id_: replace(one, title=longer(one.title)) for id_, one in base.norms.items()},
        outcomes={id_: replace(one, title=longer(one.title)) for id_, one in base.outcomes.items()},
    )


def longest(shift: Shift) -> None:
    """Four call-backs owed to people with long names, one overdue; the first of them holds too long."""
    for number in range(4):
        shift.later(60).press("Enter", "F4", "2")
        assert shift.desk.make_promise(f"070011223{number}", CALLER, "почему " * 30, 20 * 60) is None
        shift.end("hung-up")
    shift.later(18 * 60)
    assert shift.desk.start("incoming", "+996700112230", greeted=True) is None
    shift.answer().press("F4", "Enter").at("2:07")


OPENED = {"call": (), "call-backs": ("ctrl+b",), "contact": ("f4", "2"), "outcomes": ("ctrl+e",)}


@pytest.mark.parametrize("keys", OPENED.values(), ids=OPENED.keys())
def test_long_texts(snap_compare: Snap, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Shortened with «…» only where the whole can be seen elsewhere; the card has everything."""
    app = seated(tmp_path, replace(AIGUL, operator=OPERATOR), longest, lengthened(bundled()))
    assert snap_compare(app, press=keys, run_before=still, terminal_size=size)


def test_a_window_too_small(snap_compare: Snap, app: PrompterApp) -> None:
    assert snap_compare(app, press=["enter", "f3"], terminal_size=(40, 12))
