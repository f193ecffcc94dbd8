"""Who sits here: flag over environment over file over default; a file that is saved whole."""

from __future__ import annotations

import errno
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from prompter import files
from prompter.settings import (
    BadSetting,
    Settings,
    UnreadableSettings,
    file,
    home,
    load,
    load_without_file,
    read_file,
    save,
)


def written(folder: Path, text: str | bytes) -> Path:
    """A folder whose settings file holds this."""
    folder.mkdir(parents=True, exist_ok=True)
    file(folder).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_the_nearest_wins(tmp_path: Path) -> None:
    written(tmp_path, 'operator = "из файла"\nform = "m"\nui = "ky"\n')
    env = {"PROMPTER_OPERATOR": "из среды", "PROMPTER_FORM": "f"}
    mine = load(tmp_path, env, {"operator": "из команды", "form": None})
    assert (mine.operator, mine.form, mine.ui, mine.department) == ("из команды", "f", "ky", "")


def test_every_setting_has_its_variable_and_field(tmp_path: Path) -> None:
    given_ = {
        "operator": "Айгуль",
        "form": "f",
        "department": "sales",
        "language": "ky",
        "ui": "en",
        "kb": "/x  y",
        "bell": "no",
        "keep_days": "7",
        "theme": "contrast",
    }
    wanted = Settings("Айгуль", "f", "sales", "ky", "en", "/x  y", bell=False, keep_days=7, theme="contrast")
    variables = {"language": "PROMPTER_LANG"}
    env = {variables.get(name, f"PROMPTER_{name.upper()}"): value for name, value in given_.items()}
    assert load(tmp_path, env, {}) == wanted
    assert load(tmp_path, {}, given_) == wanted
    save(tmp_path, given_)
    assert load(tmp_path, {}, {}) == wanted


def test_nothing_said() -> None:
    assert load(Path("/nowhere/at/all"), {}, {}) == Settings()
    assert load(Path(os.devnull), {}, {}) == Settings()
    assert Settings() == Settings("", "", "", "", "ru", "", bell=True, keep_days=90, theme="dark")


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    written(tmp_path, 'operator = "Айгуль"\n')
    assert load(tmp_path, {"PROMPTER_OPERATOR": ""}, {}).operator == "Айгуль"
    assert load(tmp_path, {}, {"operator": ""}).operator == ""


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("form", "x", "m, f"),
        ("ui", "de", "ru, ky, en"),
        ("ui", "", "ru, ky, en"),
        ("theme", "pink", "dark, light, contrast"),
        ("bell", "maybe", "true, false"),
        ("bell", "2", "true, false"),
        ("keep_days", "0", "1–3650"),
        ("keep_days", "3651", "1–3650"),
        ("keep_days", "-1", "1–3650"),
        ("keep_days", "1.5", "1–3650"),
        ("keep_days", "٣", "1–3650"),
        ("keep_days", " 7", "1–3650"),
        ("keep_days", "7\n", "1–3650"),
        ("keep_days", "1" * 5000, "1–3650"),
        ("keep_days", True, "1–3650"),
    ],
)
def test_a_value_nobody_can_use(tmp_path: Path, name: str, value: Any, allowed: str) -> None:
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, {}, {name: value})
    bad = caught.value
    assert (bad.name, bad.value, bad.allowed, bad.where) == (name, str(value), allowed, "command line")


def test_a_bad_value_tells_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, {"PROMPTER_FORM": "x"}, {})
    assert caught.value.where == "environment"
    written(tmp_path, "bell = 3\n")
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, {}, {})
    assert caught.value.where == str(file(tmp_path))


@pytest.mark.parametrize(("days", "kept"), [(1, 1), ("3650", 3650), ("007", 7)])
def test_days_at_their_ends(tmp_path: Path, days: int | str, kept: int) -> None:
    assert load(tmp_path, {}, {"keep_days": days}).keep_days == kept


@pytest.mark.parametrize(("word", "bell"), [("1", True), ("YES", True), ("false", False), ("No", False)])
def test_words_for_yes_and_no(tmp_path: Path, word: str, bell: bool) -> None:
    assert load(tmp_path, {"PROMPTER_BELL": word}, {}).bell is bell


def test_texts_are_made_harmless(tmp_path: Path) -> None:
    written(tmp_path, 'operator = "\\u001b[2JАй\\u202eгуль\\n\\nX"\n')
    assert load(tmp_path, {}, {}).operator == "[2JАйгуль X"
    assert load(tmp_path, {"PROMPTER_OPERATOR": "\x07А\udcff"}, {}).operator == "А"


def test_types_that_toml_may_have(tmp_path: Path) -> None:
    written(tmp_path, "operator = 5\ndepartment = [1]\nkeep_days = 30\nbell = false\nkb = 1979-05-27\n")
    mine = load(tmp_path, {}, {})
    assert (mine.operator, mine.department, mine.keep_days, mine.bell) == ("5", "[1]", 30, False)


@pytest.mark.parametrize(
    "text",
    [
        b"operator = ",
        b"\xff\xfe\x00",
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"operator = 'a'\noperator = 'b'",
        "operator = «Айгуль»".encode(),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: bytes) -> None:
    written(tmp_path, text)
    with pytest.raises(UnreadableSettings) as caught:
        load(tmp_path, {}, {})
    assert caught.value.path == file(tmp_path)
    assert caught.value.reason


def test_a_file_that_cannot_be_read_is_kept_and_done_without(tmp_path: Path) -> None:
    written(tmp_path, "operator = ")
    with pytest.raises(UnreadableSettings) as caught:
        load(tmp_path, {}, {})
    mine = load_without_file({"PROMPTER_OPERATOR": "Бакыт"}, {"form": "m"}, caught.value)
    assert (mine.operator, mine.form, mine.keep_days) == ("Бакыт", "m", 90)
    assert (tmp_path / mine.damaged).read_text() == "operator = "
    assert load(tmp_path, {}, {}) == Settings()


def test_a_disk_that_gives_nothing_now_costs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, most: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    save(tmp_path, {"operator": "Айгуль"})
    monkeypatch.setattr("prompter.settings.read_plain", failing)
    with pytest.raises(UnreadableSettings) as caught:
        load(tmp_path, {}, {})
    assert caught.value.reason == "Input/output error"
    mine = load_without_file({}, {}, caught.value)
    monkeypatch.undo()
    assert (mine.operator, mine.damaged) == ("", "settings.toml")
    assert load(tmp_path, {}, {}).operator == "Айгуль"


def test_nothing_sets_the_name_of_a_damaged_file(tmp_path: Path) -> None:
    written(tmp_path, "damaged = 'x'")
    assert load(tmp_path, {"PROMPTER_DAMAGED": "x"}, {"damaged": "x"}) == Settings()


@pytest.mark.parametrize("make", ["folder", "long"])
def test_a_place_that_holds_no_file(tmp_path: Path, make: str) -> None:
    folder = tmp_path / ("a" * 300 if make == "long" else "b")
    if make == "folder":
        file(folder).mkdir(parents=True)
    with pytest.raises(UnreadableSettings):
        load(folder, {}, {})


def test_a_file_that_notepad_saved(tmp_path: Path) -> None:
    written(tmp_path, "\ufeffoperator = 'Айгуль'\r\n")
    assert load(tmp_path, {}, {}).operator == "Айгуль"


def test_saving_keeps_what_others_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "home"
    save(folder, {"operator": "Айгуль", "form": "f"})
    written(folder, file(folder).read_text(encoding="utf-8") + '\nfuture = "x"\n[table]\ny = 1\n')
    save(folder, {"operator": "Бакыт"})
    assert read_file(folder) == {"operator": "Бакыт", "form": "f", "future": "x", "table": {"y": 1}}
    assert [path.name for path in folder.iterdir()] == ["settings.toml"]


def test_saving_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, {"operator": "Айгуль"})
    before = file(tmp_path).read_bytes()

    def full(path: Any, mode: str, **more: Any) -> Any:
        if mode == "rb":
            return open(path, mode, **more)
        assert path != file(tmp_path)  # the old file is never opened for writing
        path.write_bytes(b"ope")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "open", full, raising=False)
    with pytest.raises(OSError, match="No space"):
        save(tmp_path, {"operator": "Бакыт"})
    assert file(tmp_path).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_the_new_file_takes_the_old_ones_place_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, {"operator": "Айгуль"})
    before = file(tmp_path).read_bytes()

    def held(new: Path, old: Path) -> None:
        assert read_file(tmp_path) == {"operator": "Айгуль"}
        assert tomllib.loads(new.read_text(encoding="utf-8")) == {"operator": "Бакыт"}
        raise PermissionError(13, "held by another program", str(old))

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(PermissionError):
        save(tmp_path, {"operator": "Бакыт"})
    assert file(tmp_path).read_bytes() == before


def test_saving_never_mends_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    written(tmp_path, "operator = ")
    with pytest.raises(UnreadableSettings):
        save(tmp_path, {"operator": "Айгуль"})
    assert file(tmp_path).read_bytes() == b"operator = "


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_name_comes_back(tmp_path: Path, name: str) -> None:
    save(tmp_path, {"operator": name})
    assert tomllib.loads(file(tmp_path).read_text(encoding="utf-8"))["operator"] == name
    load(tmp_path, {}, {})


def test_home(tmp_path: Path) -> None:
    assert home({"PROMPTER_HOME": str(tmp_path)}) == tmp_path
    assert home({"PROMPTER_HOME": "~"}) == Path.home()
    assert home({"PROMPTER_HOME": "~no-such-user/x"}) == Path("~no-such-user/x")
    assert home({}).name == "prompter"
    assert home({"PROMPTER_HOME": ""}) == home({})


@pytest.mark.parametrize(("text", "hour"), [("0", 0), ("4", 4), ("23", 23)])
def test_a_day_of_practice_begins_at_an_hour(tmp_path: Path, text: str, hour: int) -> None:
    assert load(tmp_path, {"PROMPTER_DAY_STARTS": text}, {}).day_starts == hour


@pytest.mark.parametrize("text", ["24", "-1", "x", "4:00"])
def test_an_hour_that_no_day_has(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSetting):
        load(tmp_path, {"PROMPTER_DAY_STARTS": text}, {})
