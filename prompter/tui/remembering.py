"""Settings changed on the screen: effective at once, and saved for the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prompter.locale import _
from prompter.locale.errors import why
from prompter.settings import UnreadableSettings, save

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


def remember(screen: MainScreen, **changes: str | bool) -> bool:
    """Apply and save these settings; returns whether they were saved, reporting why not."""
    from prompter.tui.app import PrompterApp

    assert isinstance(screen.app, PrompterApp)
    screen.settings = replace(screen.settings, **changes)
    if problem := kept(screen.app.home, **changes):
        screen.tell(problem, bad=True)
    return not problem


def kept(home: Path, **changes: str | bool) -> str:
    """Write them into the settings file; returns the error, or ""."""
    try:
        save(home, changes)
    except (OSError, UnreadableSettings) as error:
        return _("Not saved for next time: {reason}").format(reason=why(error))
    return ""
