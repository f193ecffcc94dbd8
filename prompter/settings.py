"""The user's settings: flag > environment > settings file > default. The program writes the file, as TOML."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from prompter.files import read_plain, write_whole
from prompter.text.safe import clean_line

HOME_VARIABLE = "PROMPTER_HOME"
FORMS = ("m", "f")
INTERFACES = ("ru", "ky", "en")
THEMES = ("dark", "light", "contrast")


class Settings(Struct, frozen=True):
    """What the program knows about its user and place.

    `form` is the form of address ("m", "f" or ""), `language` that of the phrases ("" for the base's first),
    `ui` that of the interface, `kb` a folder of scripts, `bell`: a broken norm rings, `keep_days` how long
    callers' numbers, names and notes are kept, `theme` the colours, `voice` the command that speaks a drill's
    caller (see `tui.practice.voice`), "" for none, `phone_port` the port for the softphone on this computer
    (0: any free one), `day_starts` the local hour at which a day of practice begins, `learn_from_calls`: what
    she missed in calls enters her practice. `damaged` is not a setting: the new name of a settings file that
    could not be read, mostly "".
    """

    operator: str = ""
    form: str = ""
    department: str = ""
    language: str = ""
    ui: str = "ru"
    kb: str = ""
    bell: bool = True
    keep_days: int = 90
    theme: str = "dark"
    voice: str = ""
    phone_port: int = 0
    day_starts: int = 4
    learn_from_calls: bool = False
    damaged: str = ""


_NAMES = tuple(name for name in Settings.__struct_fields__ if name != "damaged")
_MAX_BYTES = 1_000_000


class UnreadableSettings(Exception):
    """The settings file cannot be read: `path`, and `reason` in the library's words.

    `damaged`: its content is at fault; another try would fail too.
    """

    def __init__(self, path: Path, reason: str, damaged: bool = True) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason, self.damaged = path, reason, damaged


class BadSetting(Exception):
    """An invalid value: `name` (of the flag, variable or field), `value`, `allowed`, `where`."""

    def __init__(self, name: str, value: str, allowed: str, where: str) -> None:
        super().__init__(f"{where}: {name}={value!r}; {allowed}")
        self.name, self.value, self.allowed, self.where = name, value, allowed, where


def home(env: Mapping[str, str]) -> Path:
    """The folder of everything the program writes; `PROMPTER_HOME` or the platform's own."""
    if env.get(HOME_VARIABLE):
        return Path(os.path.expanduser(env[HOME_VARIABLE]))  # Path's own fails for an unknown user
    from platformdirs import user_data_path

    return user_data_path("prompter", appauthor=False)


def load(folder: Path, env: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """The current settings. `flags` has only those given. Raises BadSetting or UnreadableSettings."""
    return _overridden(_merged(Settings(), read_file(folder), str(file(folder))), env, flags)


def _overridden(settings: Settings, env: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    named = {name: env[_variable(name)] for name in _NAMES if env.get(_variable(name))}
    settings = _merged(settings, named, "environment")
    return _merged(settings, {k: v for k, v in flags.items() if v is not None}, "command line")


def load_without_file(
    env: Mapping[str, str], flags: Mapping[str, Any], unreadable: UnreadableSettings
) -> Settings:
    """The current settings without the file. A damaged one is moved aside if possible; any other stays where
    it is: the disk may give it back, or its owner."""
    kept = _moved_aside(unreadable.path) if unreadable.damaged else unreadable.path
    return replace(_overridden(Settings(), env, flags), damaged=clean_line(kept.name))


def _moved_aside(path: Path) -> Path:
    from time import strftime

    kept = path.with_name(f"{path.name}.broken-{strftime('%Y%m%dT%H%M%S')}")
    try:
        os.replace(path, kept)
    except OSError:
        return path
    return kept


def file(folder: Path) -> Path:
    """The settings file in the program's folder."""
    return folder / "settings.toml"


def _variable(name: str) -> str:
    return {"language": "PROMPTER_LANG"}.get(name, f"PROMPTER_{name.upper()}")


def read_file(folder: Path) -> dict[str, Any]:
    """The settings file's fields, {} if there is none. Raises UnreadableSettings."""
    path = file(folder)
    try:
        data = read_plain(path, _MAX_BYTES)
        text = data.decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UnreadableSettings(path, error.strerror or str(error), damaged=False) from error
    except UnicodeDecodeError as error:
        raise UnreadableSettings(path, str(error)) from error
    if len(data) > _MAX_BYTES:
        raise UnreadableSettings(path, f"> {_MAX_BYTES} bytes")
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for a number of thousands of digits
        raise UnreadableSettings(path, str(error)) from error


def save(folder: Path, changes: Mapping[str, Any]) -> None:
    """Write these fields into the settings file, keeping the others. Raises OSError, UnreadableSettings."""
    import tomli_w

    values = {**read_file(folder), **changes}
    write_whole(file(folder), tomli_w.dumps(values).encode())


def _merged(settings: Settings, values: Mapping[str, Any], where: str) -> Settings:
    known = {name: _typed(name, values[name], where) for name in _NAMES if name in values}
    return replace(settings, **known)


_CHOICES = {"form": ("", *FORMS), "ui": INTERFACES, "theme": THEMES}


def _typed(name: str, value: Any, where: str) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, bool):
        return _flag(name, value, where)
    if name == "phone_port":
        return _port(name, str(value), where)
    if name == "day_starts":
        return _hour(name, str(value), where)
    if isinstance(default, int):
        text = str(value)
        if not re.fullmatch("0*[1-9][0-9]{0,3}", text, re.ASCII) or int(text) > 3650:
            raise BadSetting(name, text, "1–3650", where)
        return int(text)
    if name == "kb":
        return str(value)  # a folder's name stays as it is; it is cleaned where it is shown
    text = clean_line(str(value))
    if name in _CHOICES and text not in _CHOICES[name]:
        raise BadSetting(name, text, ", ".join(c for c in _CHOICES[name] if c), where)
    return text


def _port(name: str, text: str, where: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text, re.ASCII) or not (text == "0" or 1024 <= int(text) <= 65535):
        raise BadSetting(name, text, "0, 1024–65535", where)
    return int(text)


def _hour(name: str, text: str, where: str) -> int:
    if not re.fullmatch("[0-9]{1,2}", text, re.ASCII) or int(text) > 23:
        raise BadSetting(name, text, "0–23", where)
    return int(text)


def _flag(name: str, value: Any, where: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if str(value).lower() not in words:
        raise BadSetting(name, str(value), "true, false", where)
    return words[str(value).lower()]
