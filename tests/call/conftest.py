from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.call.builders import Shift, bundled


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A shift on the bundled base, between calls."""
    shift = Shift(tmp_path / "journal.db", bundled())
    yield shift
    shift.journal.close()
