"""What a command gets besides its arguments: settings, the home folder, the scripts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from msgspec.structs import replace

from prompter.commands import base
from prompter.locale import _
from prompter.settings import Settings


class CouldNotRun(Exception):
    """A command cannot do its work; the reason was already printed. `code` is its exit code."""

    def __init__(self, code: int = 2) -> None:
        super().__init__(code)
        self.code = code


class Here:
    """Settings and home folder, and the scripts on demand.

    Opening the scripts adapts `settings` to them: a department or language that is gone is removed.
    """

    def __init__(self, given: argparse.Namespace, settings: Settings, home: Path) -> None:
        self.given, self.settings, self.home = given, settings, home

    def sources(self) -> Path:
        """The folder of the scripts, for commands that read the YAML itself. Raises CouldNotRun.

        The current folder, if it is a base, comes before the bundled one.
        """
        return self._folder(None)

    def scripts(self) -> base.Base:
        """The scripts opened, or the last good ones. Raises CouldNotRun."""
        found = base.open_(self._folder(self.home), self.home)
        if found is None:
            raise CouldNotRun
        self._without_gone(found)
        if self.settings.language and self.settings.language not in found.base.languages:
            text = _("the scripts have no language «{id}»: {known}")
            known = ", ".join(found.base.languages)
            base.tell(text.format(id=self.settings.language, known=known))
            raise CouldNotRun
        if self.settings.department and self.settings.department not in found.base.departments:
            text = _("no department «{id}» in the scripts: {known}")
            known = ", ".join(found.base.departments)
            base.tell(text.format(id=self.settings.department, known=known))
            raise CouldNotRun
        return found

    def _folder(self, cache: Path | None) -> Path:
        folder = base.find(getattr(self.given, "kb", None), os.environ, self.settings.kb, cache)
        if folder is None:
            raise CouldNotRun
        return folder

    def _without_gone(self, found: base.Base) -> None:
        """Remove a saved language or department that is no longer in the scripts.

        The trainer's edit must not keep the floor from starting; one given for this start is refused.
        """
        for name, variable, known in (
            ("language", "PROMPTER_LANG", found.base.languages),
            ("department", "PROMPTER_DEPARTMENT", found.base.departments),
        ):
            named = hasattr(self.given, name) or os.environ.get(variable)
            if not named and getattr(self.settings, name) not in known:
                self.settings = replace(self.settings, **{name: ""})
