"""What is forgotten beside the journal: copies, sheets, files for other desks."""

from __future__ import annotations

import os
from pathlib import Path

from prompter.journal import backups
from prompter.journal.store import DAY
from prompter.journal.visiting import visited
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from tests.call.builders import NOON, Shift, bundled
from tests.journal.makers import query


async def test_an_open_program_forgets_in_copies_too(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.press("Enter", "F4", "2").promise().end("hung-up")
    shift.desk.keep_promise(shift.owed.id)
    shift.desk.start(number="0555123456")
    shift.end("hung-up")
    with visited(shift.path) as db:
        copy = backups.make(db, "backup")
    old, new = (tmp_path / "handover" / name for name in ("old.txt", "new.txt"))
    old.parent.mkdir()
    for file, moment in ((old, NOON), (new, 4e9)):
        file.write_text("+996")
        os.utime(file, (moment, moment))
    assert query(copy, "SELECT count(*) FROM contacts WHERE number <> ''") == [(2,)]
    shift.later(400 * DAY)
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", keep_days=1), tmp_path)
    async with app.run_test() as pilot:
        app.screen._forget_old()
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert query(copy, "SELECT count(*) FROM contacts WHERE number <> ''") == [(0,)]
    assert [file.name for file in old.parent.iterdir()] == ["new.txt"]
    shift.journal.close()
