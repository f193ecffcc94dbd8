"""`prompter mend`: repair a damaged ledger of approvals."""

from __future__ import annotations

import argparse
import shutil
from datetime import datetime

from prompter.commands.base import tell, tell_if_bundled
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.outfile import not_written
from prompter.files import read_plain
from prompter.kb.ledger import MAX_BYTES, mend, read_ledger, write_ledger
from prompter.kb.source import LEDGER_FILE
from prompter.locale import _, ngettext
from prompter.text.safe import clean_line


def options(parser: argparse.ArgumentParser) -> None:
    """Where the scripts are."""
    parser.description = _(
        "Mends approvals.yaml after a hand edit or a merge: every whole record is kept, of both sides of a "
        "merge. A record that was changed by hand approves nothing and is left out. The former file stays "
        "beside it."
    )
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Rewrite the ledger from its intact records; an undamaged one stays as it is.

    Returns 0, 1 if records were lost or none was found, 2 if it cannot be read or written.
    """
    folder = here.sources()
    path = folder / LEDGER_FILE
    try:
        text = read_plain(path, MAX_BYTES).decode()
        if not read_ledger(folder)[1]:
            print(_("{file} is sound: it stays as it is").format(file=LEDGER_FILE))
            return 0
        ledger, lost = mend(text)
        kept = path.with_name(f"{LEDGER_FILE}.broken-{datetime.now():%Y%m%dT%H%M%S}")
        shutil.copyfile(path, kept)  # byte for byte, for looking up what could not be repaired
        write_ledger(folder, ledger)
    except FileNotFoundError:
        print(_("there is no {file} yet: nothing to mend").format(file=LEDGER_FILE))
        return 0
    except UnicodeDecodeError:
        text = _("{file} is not saved as UTF-8: save it again with the encoding UTF-8, then mend it")
        tell(text.format(file=LEDGER_FILE))
        return 2
    except OSError as error:
        raise not_written(str(folder), error) from error
    count = len(ledger.entries)
    records = ngettext("{n} whole record kept", "{n} whole records kept", count).format(n=count)
    print(_("{records}; the former file is {kept}").format(records=records, kept=kept.name))
    for phrase in lost:
        print("    " + _("lost, to be approved again: {phrase}").format(phrase=clean_line(phrase)))
    tell_if_bundled(folder)
    return 0 if ledger.entries and not lost else 1
