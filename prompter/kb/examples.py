"""An example of each field of a base, as a trainer would write it: editors show it with the field.

Russian only: a Kyrgyz text that no person approved would be taken as a model. A test reads each example by
the type of its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from prompter.kb import schema

_FIELD = re.compile(r"^(\w+):.*\n(?:[ ].*\n)*", re.MULTILINE)

WEIGHTS = schema.PRACTICE.by_name["weights"].type

_TEXTS = {
    schema.PRACTICE: """\
pass: 80
weights:
  recognition: 30
  decisions: 25
""",
    WEIGHTS: """\
recognition: 30
decisions: 25
phrase: 20
forbidden: 10
norms: 10
outcome: 5
""",
    schema.NORM: """\
title:
  ru: Удержание
kind: limit
limit: 2 мин
warn: 30 с
step: 1 мин
since: greeting
who: operator
asked:
  ru:
    - сколько ждать
    - сколько держать на линии
source: слайд 12
""",
    schema.OUTCOME: """\
title:
  ru: Вопрос решён
requires: [greeting, questions, farewell]
promised: promised
""",
    schema.WORD: """\
from: operator
norm: hold
default: 2 мин
""",
    schema.BASE: """\
format: 1
company: Skynet
languages: [ru, ky]
open: greeting
outgoing: outgoing
talk: talk
drafts: hide
approvers:
  ru:
    - Айгуль Осмонова
    - Нурбек Асанов
departments:
  sales:
    ru: Отдел продаж
marks:
  greeting:
    ru: Приветствие
norms:
  hold:
    title:
      ru: Удержание
    kind: limit
    limit: 2 мин
outcomes:
  helped:
    title:
      ru: Вопрос решён
    requires: [greeting, questions, farewell]
practice:
  pass: 80
words:
  ended:
    from: gender
    ru:
      m: завершил
      f: завершила
""",
    schema.ANSWER: """\
when:
  ru: Не согласен ждать
go: contact
enter: true
replies:
  ru:
    - Я не могу ждать, перезвоните мне.
""",
    schema.STEP: """\
title:
  ru: Попросить подождать
say:
  ru: Ожидайте, пожалуйста, на линии, я уточню данную информацию.
do:
  ru: Взять номер, имя, вопрос
never:
  ru:
    - Не знаю
    - Может быть
notice:
  ru: Работы на Ахунбаева до 18:00
until: 2026-12-31
answers:
  - when:
      ru: Ждёт
    go: wait
  - when:
      ru: Не согласен ждать
    go: contact
listen: true
clock: hold
late:
  - sorry
  - contact
marks: greeting
once: true
again: ask
promise: callback
end: helped
source: слайд 12
must:
  ru:
    - ожидайте|подождите
    - уточню|узнаю
""",
    schema.SCENARIO: """\
title:
  ru: Уточнить информацию
key: F4
interrupt: true
source: слайд 12
departments: [sales]
after:
  hung-up: again
mood: rude
caller:
  ru:
    - Можете узнать?
    - — А сколько ждать?
steps:
  ask:
    title:
      ru: Попросить подождать
    say:
      ru: Ожидайте, пожалуйста, на линии.
    answers:
      - when:
          ru: Ждёт
        go: talk
""",
    schema.ARTICLE: """\
title:
  ru: Рабочее время
source: слайд 3
departments: [sales]
asked:
  ru:
    - когда начинается смена
    - сколько длится обед
text:
  ru: |
    Обед длится час:
    - по графику
    - в статусе «Обед»
until: 2026-12-31
""",
    schema.STATUS: """\
title:
  ru: Кофе-брейк
daily: true
remind: 5 ч
after_call: true
closed:
  "10:00": "12:00"
forbidden: [sales]
rule:
  ru: Не больше десяти минут
asked:
  ru:
    - какой статус на перерыв
source: слайд 2
""",
    schema.EXPRESSION: """\
title:
  ru: «Не уверен(а)»
pattern:
  ru:
    - не уверен*
    - не знаю|знаем
window: 1
order: any
unless:
  ru:
    - вы не уверены
why:
  ru: Клиент звонит за точным ответом
instead: clarify.how_long
departments: [sales]
source: слайд 20
""",
}


def examples(record: schema.Record) -> Mapping[str, str]:
    """The examples of a record's fields by name, each a piece of YAML including the name."""
    return {found[1]: found[0] for found in _FIELD.finditer(_TEXTS.get(record, ""))}
