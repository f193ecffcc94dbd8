"""Which folder the base is read from, and what tells that something in it changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "PROMPTER_KB"
FOLDER = "scripts_kb"
BASE_FILE = "kb.yaml"
SCENARIOS = "scenarios"
LEDGER_FILE = "approvals.yaml"

FLAG, ENVIRONMENT, SETTING, BUNDLED = "flag", "environment", "setting", "bundled"


class NoBase(Exception):
    """A folder that was named is no base. `named_by` is one of the constants above.

    `missing` is `folder` or `kb.yaml`: what was looked for and is not there.
    """

    def __init__(self, folder: Path, named_by: str, missing: str) -> None:
        super().__init__(f"{folder}: no {missing} ({named_by})")
        self.folder = folder
        self.named_by = named_by
        self.missing = missing


def bundled() -> Path:
    """The base that comes with the program: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def find_base(flag: str | None, env: Mapping[str, str], setting: str | None) -> Path:
    """The base's folder: flag, else `PROMPTER_KB`, else the setting, else the bundled one.

    The first that names a folder decides; if that is no base, NoBase is raised and no other is tried.
    """
    named = ((FLAG, flag), (ENVIRONMENT, env.get(VARIABLE)), (SETTING, setting))
    for named_by, value in named:
        if value or (named_by == FLAG and value is not None):
            return _checked(Path(os.path.expanduser(value)), named_by)
    return _checked(bundled(), BUNDLED)


def _checked(folder: Path, named_by: str) -> Path:
    # os.path answers no where pathlib raises: a name too long, a user or a character that cannot be
    if not os.path.isdir(folder):
        raise NoBase(folder, named_by, "folder")
    if not os.path.isfile(folder / BASE_FILE):
        raise NoBase(folder, named_by, BASE_FILE)
    return folder


Fingerprint = list[tuple[str, int, int]]
"""`(name, size, mtime_ns)` of every file that counts, by name; JSON keeps it as it is."""


def fingerprint(folder: Path) -> Fingerprint:
    """What changes when a file of the base is saved, added or removed. A missing folder is no error."""
    found = [
        *_entries(folder, "", (BASE_FILE, LEDGER_FILE)),
        *_entries(folder / SCENARIOS, f"{SCENARIOS}/", None),
    ]
    return sorted(found)


def scenario_files(folder: Path) -> list[Path]:
    """The scenarios' files, by name."""
    return [folder / name for name in _in_scenarios(folder) if is_scenario(name.rpartition("/")[2])]


def misnamed_files(folder: Path) -> list[str]:
    """Files that were probably meant as scenarios: Notepad likes to add `.txt`. Relative names."""
    return [name for name in _in_scenarios(folder) if not is_scenario(name.rpartition("/")[2])]


def _in_scenarios(folder: Path) -> list[str]:
    names = (name for name, _, _ in fingerprint(folder))
    return [name for name in names if name.startswith(f"{SCENARIOS}/")]


def _entries(folder: Path, prefix: str, names: tuple[str, ...] | None) -> Fingerprint:
    found: Fingerprint = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in names if names else _counts(entry.name):
                    stat = entry.stat()
                    found.append((prefix + entry.name, stat.st_size, stat.st_mtime_ns))
    except OSError:
        # A folder that is not there or a file removed under our hands: the next look tells.
        return found
    return found


def is_scenario(name: str) -> bool:
    """Whether a file of that name in `scenarios/` is a scenario; editors' leftovers are not."""
    return name.lower().endswith(".yaml") and not name.startswith((".", "~", "#"))


def _counts(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml", ".txt")) and not name.startswith((".", "~", "#"))
