"""Which folder the base is read from, and the fingerprint by which changes are noticed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

VARIABLE = "PROMPTER_KB"
FOLDER = "scripts_kb"
BASE_FILE = "kb.yaml"
STATUSES_FILE = "statuses.yaml"
FORBIDDEN_FILE = "forbidden.yaml"
LEDGER_FILE = "approvals.yaml"
SCENARIOS = "scenarios"
ARTICLES = "articles"
FOLDERS = (SCENARIOS, ARTICLES)
"""Folders of which every YAML file is read; its name is the id of its content."""

_FILES = (BASE_FILE, STATUSES_FILE, FORBIDDEN_FILE, LEDGER_FILE)
_HIDDEN = (".", "~", "#")
_STRAY = (".yaml", ".yml", ".yaml.txt")
"""File endings in the base's own folder that were probably meant to be read."""

FLAG, ENVIRONMENT, SETTING, BUNDLED = "flag", "environment", "setting", "bundled"


class NoBase(Exception):
    """The named folder is not a base. `named_by` is one of the constants above.

    `missing` is what was not found: `folder` or `kb.yaml`.
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


def working() -> Path | None:
    """The current folder, if it is a base: a trainer who works there means its files."""
    try:
        folder = Path(os.getcwd())
    except OSError:  # removed, or not ours to see
        return None
    return folder if os.path.isfile(folder / BASE_FILE) else None


def find_base(
    flag: str | None, env: Mapping[str, str], setting: str | None, before_bundled: Path | None = None
) -> Path:
    """The base's folder: flag, else `PROMPTER_KB`, else the setting, else `before_bundled`, else the bundled
    one.

    The first that is set decides; if it is not a base, NoBase is raised and no other is tried.
    """
    named = ((FLAG, flag), (ENVIRONMENT, env.get(VARIABLE)), (SETTING, setting))
    for named_by, value in named:
        if value or (named_by == FLAG and value is not None):
            return _checked(Path(os.path.expanduser(value)), named_by)
    return before_bundled or _checked(bundled(), BUNDLED)


def _checked(folder: Path, named_by: str) -> Path:
    # os.path returns False where pathlib raises: a name too long, an unknown user, an impossible character
    if not os.path.isdir(folder):
        raise NoBase(folder, named_by, "folder")
    if not os.path.isfile(folder / BASE_FILE):
        raise NoBase(folder, named_by, BASE_FILE)
    return folder


MOST_FILES = 10_000
"""Files in one folder; a base with more is refused without looking at all of them."""

Fingerprint = list[tuple[str, int, int, int]]
"""`(name, size, mtime_ns, inode)` of every relevant file, by name; survives a round trip through JSON.

The inode reveals that another file of the same size and time was renamed over it; it is 0 on Windows.
"""


def fingerprint(folder: Path) -> Fingerprint:
    """Changes whenever a file of the base is saved, added or removed. A missing folder is no error.

    Lists at most `MOST_FILES` + 1 files a folder; an unreadable folder appears under its own name:
    `unlisted`.
    """
    found: Fingerprint = []
    with contextlib.suppress(OSError):
        found += _entries(folder, "", _FILES.__contains__)
        # Listed separately: however many there are, they displace no file that is read.
        found += _entries(folder, "", _is_stray)
    for inside in FOLDERS:
        try:
            found += _entries(folder / inside, f"{inside}/", _counts)
        except FileNotFoundError:
            continue
        except OSError:
            found.append((inside, -1, 0, 0))
    return sorted(found)


def unlisted(look: Fingerprint) -> list[str]:
    """Those of `FOLDERS` that exist but cannot be listed: no permission, or not folders."""
    return [name for name, *_ in look if name in FOLDERS]


def crowded(look: Fingerprint) -> list[str]:
    """Those of `FOLDERS` that contain more than `MOST_FILES`."""
    return [inside for inside in FOLDERS if len(_within(look, inside)) > MOST_FILES]


def yaml_files(look: Fingerprint, inside: str) -> list[str]:
    """The files in the folder `inside` that are read, in order; names relative to the base's folder."""
    return [name for name in _within(look, inside) if is_yaml(name)]


def id_of(name: str) -> str:
    """The id in the base of a file in one of `FOLDERS`: its name without folder and extension."""
    return name.rpartition("/")[2].rpartition(".")[0]


def misnamed_files(look: Fingerprint) -> list[str]:
    """Files that were probably meant to be read: Notepad likes to add `.txt`, and a scenario may be saved
    beside its folder. Relative names."""
    inside = [name for folder in FOLDERS for name in _within(look, folder) if not is_yaml(name)]
    return [name for name, *_ in look if _is_stray(name)] + inside


def _within(look: Fingerprint, inside: str) -> list[str]:
    return [name for name, *_ in look if name.startswith(f"{inside}/")]


def _entries(folder: Path, prefix: str, counts: Callable[[str], bool]) -> Fingerprint:
    found: Fingerprint = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if counts(entry.name):
                found += _look_at(entry, prefix)
                if len(found) > MOST_FILES:
                    break
    return found


def _look_at(entry: os.DirEntry[str], prefix: str) -> Fingerprint:
    try:
        try:
            stat = entry.stat()
        except OSError:
            stat = entry.stat(follow_symlinks=False)  # a broken link is reported when it is read
    except OSError:
        return []  # just removed: the next look will show it
    return [(prefix + entry.name, stat.st_size, stat.st_mtime_ns, stat.st_ino)]


def is_yaml(name: str) -> bool:
    """Whether a file of that name in one of `FOLDERS` is read: another extension is a mistake."""
    return name.lower().endswith(".yaml")


def _counts(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml", ".txt")) and not name.startswith(_HIDDEN)


def _is_stray(name: str) -> bool:
    """Whether a file in the base's own folder looks like part of it but is never read."""
    return (
        "/" not in name
        and name.lower().endswith(_STRAY)
        and name not in _FILES
        and not name.startswith(_HIDDEN)
    )
