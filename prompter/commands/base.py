"""The base that a command works on: found, opened, its problems printed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from prompter.call.view.parts import Viewer
from prompter.kb import source
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import Opened, open_base, remembers
from prompter.kb.problems import BaseUnusable
from prompter.locale import _
from prompter.settings import Settings
from prompter.text.safe import clean_line


class Base(Struct, frozen=True):
    """An opened base and where it came from."""

    folder: Path
    opened: Opened

    @property
    def base(self) -> KnowledgeBase:
        """What the trainer wrote."""
        return self.opened.base


def viewer_of(settings: Settings) -> Viewer:
    """The viewer, from the settings."""
    return Viewer(
        operator=settings.operator,
        gender=settings.form,
        department=settings.department,
        language=settings.language,
        ui=settings.ui,
    )


def find(flag: str | None, env: Mapping[str, str], setting: str, cache: Path | None = None) -> Path | None:
    """The base's folder; None if there is none, which is reported.

    Without a `cache` the files themselves are meant: then the current folder comes before the bundled base.
    With a `cache` a folder that is gone is accepted too, if its last good revision is cached: the share may
    be back in a minute, the callers do not wait.
    """
    try:
        return source.find_base(flag, env, setting, source.working() if cache is None else None)
    except source.NoBase as error:
        if cache is not None and remembers(error.folder, cache):
            return error.folder
        named_by = {
            source.FLAG: "--kb",
            source.ENVIRONMENT: source.VARIABLE,
            source.SETTING: "settings.toml: kb",
            source.BUNDLED: _("bundled base"),
        }[error.named_by]
        no_folder = _("{named_by}: there is no folder {folder}")
        no_file = _("{named_by}: {folder} is not a knowledge base: no {missing} in it")
        text = no_folder if error.missing == "folder" else no_file
        tell(text.format(named_by=named_by, folder=error.folder, missing=error.missing))
        return None


def open_(folder: Path, cache: Path) -> Base | None:
    """The base, or the last good one; None if neither can be used. Prints problems."""
    try:
        opened = open_base(folder, cache)
    except BaseUnusable as error:
        from prompter.commands.problem_output import tell_problems

        tell_problems(error.problems, folder)
        tell(_("The knowledge base cannot be used. Mend it and try again: prompter check"))
        return None
    return Base(folder, opened)


def tell_if_bundled(folder: Path) -> None:
    """Print which folder a command wrote if it is the program's own: seldom the intended one."""
    if folder.resolve() == source.bundled().resolve():
        text = _("written into the scripts that come with the program: {folder}")
        print(text.format(folder=clean_line(str(folder))))


def perhaps(near: str | None) -> str:
    """A hint at what was probably meant, to append to a sentence; "" if nothing is close."""
    return " " + _("Perhaps «{near}»?").format(near=near) if near else ""


def tell(text: str) -> None:
    """Print one line to standard error."""
    print(f"prompter: {clean_line(text)}", file=sys.stderr)
