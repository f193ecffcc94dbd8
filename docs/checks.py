"""Writes `docs/checks.md`, the page of every code: `python docs/checks.py`; `--check`: is it current?

Everything in it comes from the code: the words of the messages (`prompter/kb/codes/`), the texts of the pages
(`prompter/kb/codes/pages/`), and what `prompter check` really reports for the wrong example.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from prompter import locale  # noqa: E402
from prompter.commands.explain import weight_of  # noqa: E402
from prompter.commands.problem_output import as_text  # noqa: E402
from prompter.kb.codes import CODES, FAMILIES, in_general  # noqa: E402
from prompter.kb.codes.page import FOLDER, Page, page_of  # noqa: E402
from tests.kb.examples import PLAIN, checked  # noqa: E402

TARGET = ROOT / "docs" / "checks.md"

TITLES = {
    "writing": "Файлы и запись",
    "fields": "Поля и имена",
    "meaning": "Нормативы, слова, шаги",
    "entries": "Отделы и запрещённые выражения",
    "rules": "Правила звонка и компании",
    "words": "Буквы, слова, списки, переводы",
    "use": "Длина, место, ненужное",
    "approving": "Утверждение",
    "silences": "Комментарии «молчать»",
}
"""The heading of each family of codes; one missing here is shown by its own name."""

HEAD = f"""\
# Что проверяет `prompter check`

<!-- Этот файл пишет `python docs/checks.py`, не правьте его руками. -->

У каждой проблемы есть код, он стоит в квадратных скобках в конце сообщения: `[no-way-out]`. `prompter
explain КОД` показывает то же, что эта страница; без кода — их список.

- **Ошибка, база не загружается.** Операторы продолжают работать на последней исправной базе, пока ошибку
  не исправят.
- **Ошибка, база загружается.** Исправить нужно, но ни один экран из-за неё не остановится.
- **Предупреждение.** Может быть задумано так; с ключом `--strict` тоже считается ошибкой.

Код выхода: 0 — ошибок нет, 1 — есть, 2 — проверить не удалось. `--format json` и `--format github` — для
программ и для проверок репозитория.

Проблему, с которой база загружается, можно заглушить в её файле, с причиной: `# prompter: молчать КОД -
причина`. В конце строки комментарий действует на эту строку; на отдельной — на то, что под ним, со всем,
что вложено глубже; `молчать в файле` — на весь файл.

Каждый пример вставлен в маленькую базу ([{PLAIN.name}](../tests/kb/plain/)) и проверен: неправильный
вызывает свою проблему, правильный нет. Первая строка примера называет файл; поля примера встают на место
таких же полей этого файла. `⟨U+00A0⟩` обозначает знак, которого не видно.
"""


def document() -> str:
    """The whole page. Raises SystemExit if a code has no page, or a page no code."""
    written = {path.stem for path in FOLDER.glob("*.md")}
    if lacking := sorted(set(CODES) - written):
        raise SystemExit(f"write prompter/kb/codes/pages/CODE.md for: {', '.join(lacking)}")
    if strays := sorted(written - set(CODES)):
        raise SystemExit(f"pages without a code: {', '.join(strays)}")
    locale.activate("ru")
    parts = [HEAD, *_contents()]
    for family, codes in FAMILIES.items():
        parts.append(f"\n## {TITLES.get(family, family)}\n")
        for code in codes:
            parts.append("\n".join(_section(code)))
    return "\n".join(parts)


def _contents() -> Iterator[str]:
    for family, codes in FAMILIES.items():
        yield f"**{TITLES.get(family, family)}**: " + ", ".join(f"[{code}](#{code})" for code in codes) + "\n"


def _section(code: str) -> Iterator[str]:
    page = page_of(code)
    message, hint = in_general(CODES[code], locale._)
    yield f"### {code}\n"
    yield f"**{_sentence(message)}** {_sentence(weight_of(CODES[code]))}\n"
    yield f"{page.text}\n"
    yield f"Что делать: {_closed(hint)}\n"
    yield f"Неправильно:\n\n```{page.kind}\n{page.wrong}\n```\n"
    if page.kind == "yaml":
        yield f"`prompter check` скажет:\n\n```text\n{_reported(code, page)}\n```\n"
    yield f"Правильно:\n\n```{page.kind}\n{page.right}\n```\n"


def _reported(code: str, page: Page) -> str:
    """What is reported for the wrong example."""
    with tempfile.TemporaryDirectory() as folder:
        found = checked(page.wrong, Path(folder) / "kb")
        out = io.StringIO()
        as_text([one for one in found.problems if one.code == code][:1], found.texts, out)
        return out.getvalue().rstrip()


def _sentence(text: str) -> str:
    return text[:1].upper() + _closed(text[1:])


def _closed(text: str) -> str:
    return text if text.endswith(("…", ".", "?")) else f"{text}."


def main(arguments: list[str]) -> int:
    """Write the page, or print whether it is current."""
    os.chdir(ROOT)  # the places in the examples must not depend on the current folder
    text = document()
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        print("docs/checks.md: current")
        return 0
    print("docs/checks.md is stale: run python docs/checks.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
