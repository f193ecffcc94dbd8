"""The examples on the codes' pages as bases: each is put into the small base in `plain/`.

A block of an example begins with the name of its file, `# scenarios/primer.yaml`. Its top-level fields
take the place of the same ones of that file in the small base; what stands in a section of `kb.yaml`
(`norms`, `words` …) is added to it by its name. After `# kb.yaml, весь файл` it is the whole file.
`⟨U+00A0⟩` becomes that character.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from prompter.kb.checking import Checked, check_folder

PLAIN = Path(__file__).with_name("plain")
TODAY = date(2026, 11, 29)
"""The day on which the examples are checked."""

_FILE = re.compile(r"^# ((?:[\w-]+/)?[\w .-]+\.yaml\b)(, весь файл)?\n", re.MULTILINE)
_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4,5})⟩")
_SECTIONS = ("departments", "marks", "norms", "outcomes", "words")

Block = tuple[str, str]


def base_of(example: str, folder: Path) -> Path:
    """Write the small base with an example in it into `folder`, which must not exist yet."""
    shutil.copytree(PLAIN, folder)
    parts = _FILE.split(example + "\n")
    assert not parts[0].strip(), "an example begins with the name of its file"
    for file, whole, text in zip(*(iter(parts[1:]),) * 3, strict=True):
        text = _HIDDEN.sub(lambda found: chr(int(found[1], 16)), text.rstrip("\n") + "\n")
        path = folder / file
        if not whole and path.exists():
            text = _merged(path.read_text(encoding="utf-8"), text, file == "kb.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def checked(example: str, folder: Path) -> Checked:
    """What `prompter check` finds in the small base with an example in it."""
    return check_folder(base_of(example, folder), TODAY)


def _merged(text: str, fragment: str, by_name: bool) -> str:
    blocks = _blocks(text, "")
    given: set[str] = set()
    for name, body in _blocks(fragment, ""):
        at = next((i for i, block in enumerate(blocks) if block[0] == name), None)
        if at is None or name in given:  # a second time on purpose
            blocks.append((name, body))
        elif by_name and name in _SECTIONS:
            head, _, rest = blocks[at][1].partition("\n")
            added = body.partition("\n")[2]
            blocks[at] = (name, f"{head}\n{_merged_names(rest, added)}")
        else:
            blocks[at] = (name, body)
        given.add(name)
    return "".join(body for _, body in blocks)


def _merged_names(text: str, fragment: str) -> str:
    added = _blocks(fragment, "  ")
    names = {name for name, _ in added}
    kept = [block for block in _blocks(text, "  ") if block[0] not in names]
    return "".join(body for _, body in [*kept, *added])


def _blocks(text: str, indent: str) -> list[Block]:
    """The lines of a text by the names that stand as deep as `indent`, comments above with theirs."""
    blocks: list[Block] = []
    waiting = ""
    for line in text.splitlines(keepends=True):
        begins = line.startswith(indent) and not line[len(indent) :][:1].isspace()
        if begins and line[len(indent) :].startswith("#"):
            waiting += line
        elif begins or not blocks:
            blocks.append((line.strip().partition(":")[0], waiting + line))
            waiting = ""
        else:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + waiting + line)
            waiting = ""
    if waiting and blocks:
        blocks[-1] = (blocks[-1][0], blocks[-1][1] + waiting)
    return blocks
