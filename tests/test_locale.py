"""The interface's words: catalogues, times, durations."""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.mofile import read_mo

from prompter import locale, settings
from prompter.commands.visit import trouble_words
from prompter.files import NotAFile
from prompter.journal.batch import FAILED, UNWRITABLE, Trouble
from prompter.kb.codes import describe
from prompter.kb.problems import Place, Problem
from prompter.locale import formats
from prompter.locale.errors import _BY_NUMBER, why
from prompter.tui.messages import trouble

BISHKEK = timezone(timedelta(hours=6))


def test_russian_is_spoken_unless_told_otherwise() -> None:
    assert locale.language() == "ru"


def test_a_language_without_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="no interface language 'de'"):
        locale.activate("de")
    assert locale.language() == "ru"


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_every_language_has_a_catalogue(language: str) -> None:
    locale.activate(language)
    assert locale._("no such message") == "no such message"
    assert locale._("") == ""
    compiled = read_mo(io.BytesIO(locale.catalogue(language).read_bytes()))
    assert compiled.charset == "utf-8"


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_time_of_day_is_what_babel_would_write(language: str) -> None:
    assert Locale.parse(language).datetime_skeletons["Hm"].pattern == "HH:mm"


@pytest.mark.parametrize("hour", [0, 9, 12, 14])
def test_time_of_day(hour: int) -> None:
    moment = datetime(2026, 3, 1, hour, 5, tzinfo=BISHKEK).timestamp()
    assert formats.clock_time(moment, BISHKEK) == f"{hour:02}:05"
    assert formats.clock_time(moment, UTC) == f"{(hour - 6) % 24:02}:05"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (15.9, "0:15"),
        (60, "1:00"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (3725, "1:02:05"),
        (-5, "−0:05"),
        (-0.5, "0:00"),
    ],
)
def test_stopwatch(seconds: float, shown: str) -> None:
    assert formats.stopwatch(seconds) == shown


@pytest.mark.parametrize(
    ("language", "seconds", "shown"),
    [
        ("ru", 0, "0 с"),
        ("ru", 15, "15 с"),
        ("ru", 60, "1 мин"),
        ("ru", 90, "1 мин 30 с"),
        ("ru", 120, "2 мин"),
        ("ru", 1200, "20 мин"),
        ("ru", 3600, "1 ч"),
        ("ru", 3935, "1 ч 5 мин"),
        ("ky", 60, "1 мүн"),
        ("ky", 3900, "1 ст 5 мүн"),
        ("en", 3900, "1 hr 5 min"),
    ],
)
def test_duration_in_words(language: str, seconds: int, shown: str) -> None:
    locale.activate(language)
    assert formats.duration_words(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 с"),
        (0.2, "1 с"),
        (21, "21 с"),
        (60, "1 мин"),
        (60.2, "2 мин"),
        (1559, "26 мин"),
        (3600, "1 ч"),
        (-21.7, "21 с"),
        (-60, "1 мин"),
        (-119, "1 мин"),
        (-3700, "1 ч 1 мин"),
    ],
)
def test_the_time_of_a_promise(seconds: float, shown: str) -> None:
    assert formats.promise_time(seconds) == shown


def test_settings_offer_the_languages_that_have_a_catalogue() -> None:
    assert settings.INTERFACES == locale.LANGUAGES


@pytest.mark.parametrize(
    ("error", "ru"),
    [
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "x"), "нет доступа"),
        (OSError(errno.ENOSPC, "der Datenträger ist voll"), "на диске нет места"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "журнал открыт только для чтения"),
        (NotAFile(Path("x")), "это не файл"),
        (OSError(9999, "something new"), "something new"),
        (ValueError("no closing quotation"), "no closing quotation"),
    ],
)
def test_a_reason_of_the_systems_is_told_in_the_interfaces_language(error: Exception, ru: str) -> None:
    locale.activate("ru")
    assert why(error) == ru


def test_every_reason_is_the_systems_own_text() -> None:
    """A reason kept as a text (a problem of the base, of the settings) is found by it."""
    assert {os.strerror(number): number for number in _BY_NUMBER} == {
        text: number for number, text in _BY_NUMBER.items()
    }


def test_a_reason_that_was_kept_is_told_in_the_interfaces_language() -> None:
    unreadable = Problem(Place("kb.yaml"), "unreadable-file", {"reason": "Permission denied"})
    assert describe(unreadable, locale._)[0] == "файл не читается: нет доступа"
    denied = {"path": "x", "reason": "Permission denied"}
    assert trouble_words(Trouble(UNWRITABLE, denied)).endswith(": нет доступа")
    assert ": нет доступа." in trouble(Trouble(FAILED, denied))


@pytest.mark.parametrize(
    ("language", "events"),
    [
        ("ru", ["1 событие", "2 события", "5 событий", "21 событие"]),
        ("ky", ["1 окуяны", "2 окуяны", "5 окуяны", "21 окуяны"]),
    ],
)
def test_the_events_that_came_meanwhile_are_counted(language: str, events: list[str]) -> None:
    locale.activate(language)
    singular = "{n} event of the phone came while the program was closed"
    plural = "{n} events of the phone came while the program was closed"
    for number, words in zip((1, 2, 5, 21), events, strict=True):
        assert f" {words} " in locale.ngettext(singular, plural, number).format(n=number) + " "
