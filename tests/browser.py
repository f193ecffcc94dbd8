"""A page in a real headless Chromium: what it made of it, what it looked like, what it complained of."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), "")


class Seen(Struct, frozen=True):
    """`dom` is the page as the browser holds it, `picture` what it drew, `said` its own messages."""

    dom: str
    picture: Image.Image
    said: str


def seen(page: Path, width: int = 1200, height: int = 1600) -> Seen:
    """Open a file. Skips where there is no Chromium."""
    if not CHROMIUM:
        pytest.skip("no Chromium")
    profile, shot = page.parent / "profile", page.parent / "shot.png"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--enable-logging=stderr",
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
    ]
    drawn = _run([*options, f"--screenshot={shot}", page.as_uri()])
    dom = _run([*options, "--dump-dom", page.as_uri()])
    return Seen(dom.stdout, Image.open(shot).convert("RGB"), drawn.stderr + dom.stderr)


def _run(options: list[str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [CHROMIUM, *options], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done
