from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prompter.journal.store import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal.open(path)
    assert journal.trouble is None
    yield journal
    journal.close()
