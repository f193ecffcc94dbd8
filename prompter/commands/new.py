"""`prompter new`: create a scenario to fill in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from prompter.commands.base import tell, tell_if_bundled
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.outfile import not_written
from prompter.commands.problem_output import tell_problems
from prompter.kb import editing, source
from prompter.kb.problems import BaseUnusable
from prompter.kb.skeleton import skeleton
from prompter.locale import _

_MOST_LETTERS = 60
_KEPT_BY_WINDOWS = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10)),
}


def options(parser: argparse.ArgumentParser) -> None:
    """Its name and title."""
    parser.description = _(
        "Writes the file of a new scenario to fill in. A file that exists already is left as it is."
    )
    parser.add_argument("name", metavar=_("SCENARIO"), help=_("the scenario's name and that of its file"))
    parser.add_argument("--title", default="", metavar=_("TITLE"), help=_("how the screen calls it"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Write the file. Returns 0, 1 if the name is refused or the scripts cannot be read, 2 if it cannot be
    written."""
    folder = here.sources()
    try:
        names = editing.read_names(folder)
    except BaseUnusable as unusable:
        tell_problems(unusable.problems, folder)
        return 1
    if refused := _refused(given.name, names.scenarios):
        tell(refused)
        return 1
    file = f"{source.SCENARIOS}/{given.name}.yaml"
    text = editing.modeline(folder, "scenario", inside=source.SCENARIOS) + skeleton(names, given.title)
    try:
        _create(folder / file, text)
    except FileExistsError:
        tell(_("{file} is there already; nothing was changed").format(file=file))
        return 1
    except OSError as error:
        raise not_written(file, error) from error
    print(_("written: {file}").format(file=folder / file))
    tell_if_bundled(folder)
    print(_("Fill in what stands empty there; prompter check tells what is left"))
    try:
        editing.refresh(folder)
    except OSError as error:  # the scenario is kept
        raise not_written(editing.SCHEMAS, error) from error
    return 0


def _refused(name: str, others: Iterable[str]) -> str:
    """Why the name is refused, or ""."""
    if len(name) > _MOST_LETTERS or not name.replace("-", "_").isidentifier():
        text = _(
            "«{name}» cannot be a scenario's name: letters, digits and «_», a letter first, {most} at most"
        )
        return text.format(name=name, most=_MOST_LETTERS)
    if name.lower() in _KEPT_BY_WINDOWS:
        return _("Windows keeps the name «{name}» for itself: choose another").format(name=name)
    for other in others:
        if other != name and other.casefold() == name.casefold():
            text = _("«{name}» differs from «{other}» in capital letters alone: choose another")
            return text.format(name=name, other=other)
    return ""


def _create(path: Path, text: str) -> None:
    """Create a file. Raises FileExistsError if there is one, so that nobody's work is lost."""
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        file.write(text.encode())
