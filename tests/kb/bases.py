"""Tiny bases for tests: the smallest that loads, and files put in or over it.

A `‹` in a file's text marks where a problem is expected; it is taken out before writing.
"""

from __future__ import annotations

from pathlib import Path

from prompter.kb.build import load_sources
from prompter.kb.problems import BaseUnusable, Problem

KB = """\
format: 1
company: Skynet
languages: [ru, ky]
open: hello
outgoing: hello
talk: talk
departments:
  sales:
    ru: Продажи
  support:
    ru: Поддержка
marks:
  greeting:
    ru: Приветствие
norms:
  hold:
    title:
      ru: Удержание
    kind: limit
    limit: 2 мин
  callback:
    title:
      ru: Перезвонить
    kind: promise
    who: operator
    limit: 30 мин
outcomes:
  done:
    title:
      ru: Готово
words:
  operator:
    from: settings
"""

HELLO = """\
title:
  ru: Приветствие
steps:
  first:
    title:
      ru: Поздороваться
    say:
      ru: Добрый день
    answers:
      - when:
          ru: Да
        go: talk
"""

TALK = """\
title:
  ru: Разговор
steps:
  listen:
    title:
      ru: Слушать
    listen: true
"""

ARTICLE = """\
title:
  ru: Рабочее время
source: слайд 3
departments: [sales]
asked:
  ru:
    - когда начинается день
text:
  ru: |
    Смена начинается вовремя.
    - прийти
    - сесть
"""

STATUSES = """\
coffee:
  title:
    ru: Кофе-брейк
  daily: true
  rule:
    ru: Не больше десяти минут
  asked:
    ru: перерыв
  source: слайд 2
busy:
  title:
    ru: Отбой
  forbidden: [sales]
"""

FORBIDDEN = """\
not-sure:
  title:
    ru: «Не уверен»
  pattern:
    ru:
      - не уверен*
  why:
    ru: Клиент перестаёт верить
  instead: hello.first
  departments: [support]
  source: слайд 20
shouting:
  title:
    ru: Кричать
  why:
    ru: Это конфликт
  instead:
    ru: "Я {operator}"
"""

SCENARIO = "scenarios/x.yaml"


def write(folder: Path, **files: str | bytes) -> Path:
    """Write the smallest base with `files` over it; `kb`, `hello`, `statuses` … stand for their paths."""
    texts: dict[str, str | bytes] = {"kb": KB, "hello": HELLO, "talk": TALK, **files}
    for name, text in texts.items():
        data = text.replace("‹", "").encode() if isinstance(text, str) else text
        path = path_of(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def path_of(folder: Path, name: str) -> Path:
    """Where the file stands: `kb` at the top, `articles/pay` in its folder, `x` among the scenarios."""
    top = name in ("kb", "approvals", "statuses", "forbidden") or name.startswith("articles/")
    return folder / (f"{name}.yaml" if top else f"scenarios/{name}.yaml")


def problems_of(folder: Path) -> list[Problem]:
    try:
        return load_sources(folder)[1]
    except BaseUnusable as broken:
        return broken.problems


def marked(text: str) -> tuple[int, int]:
    """Line and column of the first `‹`."""
    before = text.partition("‹")[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def scenario(step: str, head: str = "", more: str = "") -> str:
    """A scenario of one step whose fields are `step` (written without indent)."""
    fields = "".join(f"    {line}\n" for line in step.splitlines())
    return f"title:\n  ru: Пример\n{head}steps:\n  one:\n    title:\n      ru: Раз\n{fields}{more}"


OUT = "do:\n  ru: Делать\nend: done\n"


def word(fields: str) -> str:
    return KB + "  w:\n" + "".join(f"    {line}\n" for line in fields.splitlines())


ANSWERS = "say:\n  ru: Да\nanswers:\n"
