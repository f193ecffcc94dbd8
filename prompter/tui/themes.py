"""The colours: dark, light, high contrast, by their names in `settings`.

Every text on every background has a contrast of 4.5:1, in high contrast 7:1 (`tests/tui/test_themes.py`).
"""

from __future__ import annotations

import os

from textual.theme import Theme


def _dimmed(dim: str, off: str) -> dict[str, str]:
    """Our own variables: dim texts, and `off` for an inactive key. Textual's dim texts are too faint."""
    return {"text-dim": dim, "text-off": off, "text-muted": dim, "text-disabled": dim}


DARK = Theme(
    name="prompter-dark",
    primary="#7aa2f7",
    accent="#7aa2f7",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d5d8e0",
    background="#16161e",
    surface="#1a1b26",
    panel="#24283b",
    dark=True,
    variables=_dimmed("#9ca2b8", "#8c91a8"),
)

LIGHT = Theme(
    name="prompter-light",
    primary="#1a49b8",
    accent="#1a49b8",
    warning="#7a4300",
    error="#a8122a",
    success="#125c27",
    foreground="#171a22",
    background="#fafafc",
    surface="#f0f1f6",
    panel="#e2e6ef",
    dark=False,
    variables=_dimmed("#464b5c", "#595f72"),
)

CONTRAST = Theme(
    name="prompter-contrast",
    primary="#7fd4ff",
    accent="#7fd4ff",
    warning="#ffd84a",
    error="#ff9d9d",
    success="#7dff8f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    variables=_dimmed("#d2d2d2", "#b4b4b4"),
)

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}


def no_colour() -> bool:
    """Whether the user wants no colours at all (no-color.org: a non-empty `NO_COLOR`)."""
    return bool(os.environ.get("NO_COLOR"))
