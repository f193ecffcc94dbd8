"""The colours."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="prompter-dark",
    primary="#7aa2f7",
    secondary="#73daca",
    accent="#7aa2f7",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d5d8e0",
    background="#16161e",
    surface="#1a1b26",
    panel="#24283b",
    dark=True,
    variables={"text-dim": "#9096ab", "text-off": "#6b7088"},
)
