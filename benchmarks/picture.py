"""A terminal's screen drawn into a PNG file."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from typing import Any

from benchmarks.emulation import Screen

_Colour = tuple[int, int, int]
_BACKGROUND: _Colour = (12, 12, 12)
_FOREGROUND: _Colour = (204, 204, 204)
_NAMED: dict[str, _Colour] = {
    "black": (12, 12, 12),
    "red": (197, 15, 31),
    "green": (19, 161, 14),
    "brown": (193, 156, 0),
    "blue": (0, 55, 218),
    "magenta": (136, 23, 152),
    "cyan": (58, 150, 221),
    "white": (204, 204, 204),
    "brightblack": (118, 118, 118),
    "brightred": (231, 72, 86),
    "brightgreen": (22, 198, 12),
    "brightbrown": (249, 241, 165),
    "brightblue": (59, 120, 255),
    "brightmagenta": (180, 0, 158),
    "bfightmagenta": (180, 0, 158),  # pyte's own spelling of the background
    "brightcyan": (97, 214, 214),
    "brightwhite": (242, 242, 242),
}


def draw_png(screen: Screen, path: str | os.PathLike[str], size: int) -> None:
    """Draw the screen with DejaVu Sans Mono of this size."""
    from PIL import Image, ImageDraw

    width, height = int(_font("Book", size).getlength("M")), round(size * 1.3)
    image = Image.new("RGB", (width * screen.columns, height * screen.lines), _BACKGROUND)
    draw = ImageDraw.Draw(image)
    for y in range(screen.lines):
        for x in range(screen.columns):
            wide = x + 1 < screen.columns and screen.buffer[y][x + 1].data == ""
            _draw_cell(
                draw, screen.buffer[y][x], (x * width, y * height, width * (2 if wide else 1), height), size
            )
    image.save(path)


def _draw_cell(draw: Any, char: Any, box: tuple[int, int, int, int], size: int) -> None:
    """One character; `box` is its left, top, width and height."""
    left, top, width, height = box
    right, bottom = left + width - 1, top + height - 1
    fore, back = _colours(char)
    if char.data != "":
        draw.rectangle((left, top, right, bottom), fill=back)
    if char.data.strip():
        draw.text((left, top), char.data, fill=fore, font=_font(_style(char), size))
    if char.underscore:
        draw.line((left, bottom - 1, right, bottom - 1), fill=fore)
    if char.strikethrough:
        draw.line((left, top + height // 2, right, top + height // 2), fill=fore)


@cache
def _font(style: str, size: int) -> Any:
    from PIL import ImageFont

    asked = ["fc-match", "-f", "%{file}", f"DejaVu Sans Mono:style={style}"]
    return ImageFont.truetype(subprocess.run(asked, capture_output=True, text=True, check=True).stdout, size)


def _style(char: Any) -> str:
    return {(True, True): "Bold Oblique", (True, False): "Bold", (False, True): "Oblique"}.get(
        (char.bold, char.italics), "Book"
    )


def _colour(name: str, default: _Colour) -> _Colour:
    if name in _NAMED:
        return _NAMED[name]
    if re.fullmatch("[0-9a-fA-F]{6}", name):
        return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)
    return default


def _colours(char: Any) -> tuple[_Colour, _Colour]:
    fore, back = _colour(char.fg, _FOREGROUND), _colour(char.bg, _BACKGROUND)
    if char.reverse:
        fore, back = back, fore
    if char.blink:  # dim, see Screen
        fore = ((fore[0] + back[0]) // 2, (fore[1] + back[1]) // 2, (fore[2] + back[2]) // 2)
    return fore, back
