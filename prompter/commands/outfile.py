"""A command's output: its format from the file's extension, to the screen or into a file."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from prompter.commands.base import tell
from prompter.commands.here import CouldNotRun
from prompter.files import write_whole, writing_whole
from prompter.locale import _
from prompter.locale.errors import why
from prompter.text.safe import clean_line

SCREEN = "-"
"""The file name that means standard output."""

TEXT, CSV, HTML, SHEET = "text", "csv", "html", "sheet"
"""Output formats; a sheet is text that people open to print it."""

_MARKED = (CSV, SHEET)
"""Files that begin with a BOM, by which a spreadsheet and Notepad recognise UTF-8."""

REPORT_FORMS = {".csv": CSV, ".html": HTML, ".txt": TEXT}
"""The formats of a report, by file extension."""


def report_options(parser: argparse.ArgumentParser) -> None:
    """The format of a report, and where it goes."""
    form = _("text by default; html is a page with plots")
    parser.add_argument("--format", choices=(TEXT, CSV, HTML), help=form)
    out = _("«-» for the screen, the default; otherwise the name ends in .csv, .html or .txt")
    parser.add_argument("--out", default=SCREEN, metavar=_("FILE"), help=out)


def form_of(file: str | None, form: str | None, forms: Mapping[str, str], default: str) -> str:
    """The format for a file, by its extension; for the screen the one requested, else the `default`.

    `forms` maps extensions, dot included, to formats. A name without an extension takes the requested `form`.
    Raises CouldNotRun, reason printed, if the extension is unknown or contradicts --format.
    """
    if not file or file == SCREEN:
        return form or default
    ending = os.path.splitext(file)[1].lower()
    if not ending and form in forms.values():
        return form or default
    by_name = forms.get(ending)
    if by_name is None:
        text = _("{file}: this ending is not known; a file's name ends in {known}")
        tell(text.format(file=clean_line(file), known=", ".join(forms)))
        raise CouldNotRun
    if form not in (None, by_name):
        text = _("{file}: the ending does not go with --format {form}")
        tell(text.format(file=clean_line(file), form=form))
        raise CouldNotRun
    return by_name


def write_out(file: str, text: str, form: str = TEXT, *, lasting: bool = False) -> None:
    """Print and flush, or write a file atomically, readable by its owner alone.

    `lasting`: kept nowhere else afterwards, so it is synced to disk, or has been read to its end, when this
    returns. Raises CouldNotRun, reason printed.
    """
    with _reported(file, lasting):
        if file == SCREEN:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            data = text.encode("utf-8-sig" if form in _MARKED else "utf-8")
            write_whole(Path(file), data, private=True, lasting=lasting)


@contextmanager
def streamed_out(file: str) -> Iterator[IO[str]]:
    """`write_out` for text too long to hold in memory. Writes to a device if `file` is one."""
    with _reported(file):
        if file == SCREEN:
            yield sys.stdout
            sys.stdout.flush()
        elif os.path.exists(file) and not os.path.isfile(file) and not os.path.isdir(file):
            with open(file, "w", encoding="utf-8", newline="") as out:
                yield out
        else:
            with writing_whole(Path(file), private=True) as raw:
                out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
                try:
                    yield out
                finally:
                    out.detach()  # flush into the file, which must not be closed yet


@contextmanager
def _reported(file: str, lasting: bool = False) -> Iterator[None]:
    """Print that the file was written, or why it was not. Raises CouldNotRun."""
    try:
        yield
    except OSError as error:
        if file == SCREEN:
            if isinstance(error, BrokenPipeError) and not lasting:
                raise  # the reader of a list has closed the pipe
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the rest is not retried
        raise not_written(file, error) from error
    if file != SCREEN:
        tell(_("written: {file}").format(file=clean_line(file)))


def not_written(file: str, error: OSError) -> CouldNotRun:
    """Print why a file cannot be written; returns the exception to raise."""
    message = _("{file} cannot be written: {reason}")
    tell(message.format(file=clean_line(file), reason=why(error)))
    return CouldNotRun()
