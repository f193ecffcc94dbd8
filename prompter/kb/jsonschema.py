"""JSON Schemas of a base's files, made from `schema`, for completion, hints and errors in an editor.

All texts are Russian, whatever the interface language, like those of `schema`. They accept all that the
reader accepts. What only the checks can find (a step that does not exist) is left to the checks.
`errorMessage`, `enumDescriptions` and `defaultSnippets` are extensions of VS Code's YAML plug-in; other
editors ignore them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from msgspec import Struct

from prompter.kb import schema, source
from prompter.kb.examples import examples
from prompter.kb.model import LIMIT, PROMISE, RESPOND, RETURN, TALK, WAIT
from prompter.kb.names import Names, Titles
from prompter.text.duration import UNITS

Json = dict[str, Any]


class File(Struct, frozen=True):
    """A kind of file: which files of the base belong to it, and what they may contain."""

    files: str
    type: schema.Record | schema.MapOf


FILES = {
    "kb": File(source.BASE_FILE, schema.BASE),
    "scenario": File(f"{source.SCENARIOS}/*.yaml", schema.SCENARIO),
    "article": File(f"{source.ARTICLES}/*.yaml", schema.ARTICLE),
    "statuses": File(source.STATUSES_FILE, schema.STATUSES),
    "forbidden": File(source.FORBIDDEN_FILE, schema.FORBIDDEN),
}
"""By schema name."""

MOST_OFFERED = 2_000
"""Steps that a schema lists: 20,000 would be 10 MB, which an editor reads at every start."""

MOST_LISTED = 40
"""Names that a message lists."""

_AGAIN = "Если имя добавлено только что, обновите подсказки: prompter schema."
_NAME_PATTERN = r"^[^\s!-/:-@\[-`{-~][^\s!-,./:-@\[-^`{-~]{0,59}$"
_NAME_WRONG = "Имя: буквы, цифры, «-» и «_», без пробелов, не длиннее 60 знаков."
_TARGET_PATTERN = r"^[^\s.]+(\.[^\s.]+)?$"
_TARGET_WRONG = "Имя шага этого сценария или сценарий.шаг, без пробелов."
_WORDS_WRONG = "Здесь нужны слова, каждый язык с новой строки (ru: …), или сценарий.шаг, чьи слова взять."
_TIME_PATTERN = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"
_DAY_PATTERN = r"^\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})\s*$"
_DAY_WRONG = "День пишут так: 2026-12-31 или 31.12.2026."
_LANGUAGES = {"ru": "По-русски", "ky": "По-кыргызски", "en": "По-английски"}
_FORMS = {"m": "Оператор — мужчина", "f": "Оператор — женщина"}
_FLAGS = ("true", "yes", "да", "false", "no", "нет")

_CALLED = {
    "department": ("Такого отдела", "departments"),
    "mark": ("Такой обязанности", "marks"),
    "outcome": ("Такого итога", "outcomes"),
    "norm": ("Такого норматива", "norms"),
    "scenario": ("Такого сценария", "scenarios"),
}
"""How an unknown name is reported, and where such names are kept in `Names` (and in `kb.yaml`)."""

_NORM_KINDS = {"clock": (LIMIT, RESPOND, WAIT), "promise": (PROMISE,)}
"""Which norms a field may name; a word may name any."""

_RESERVED = {TALK: "Вернуться к разговору", RETURN: "Вернуться туда, откуда прервали"}


def texts(names: Names) -> dict[str, str]:
    """The text of each schema file, by its name: the keys of `FILES`."""
    return {name: json.dumps(document(name, names), ensure_ascii=False, indent=1) + "\n" for name in FILES}


def document(name: str, names: Names) -> Json:
    """The schema of one kind of file, with the names of this base."""
    writer = _Writer(names, within_base=FILES[name].type is schema.BASE)
    written = writer.of(FILES[name].type)
    definitions = {to: one for to, one in _targets(names).items() if to in writer.targets}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Создано командой prompter schema: руками не править.",
        **written,
        **({"definitions": definitions} if definitions else {}),
    }


class _Writer:
    """Writes types as schemas. `within_base`: for `kb.yaml`, where a name may be half-written.

    `targets` are the definitions that they refer to.
    """

    def __init__(self, names: Names, *, within_base: bool) -> None:
        self.names = names
        self.within_base = within_base
        self.targets: set[str] = set()

    def of(self, type_: schema.Type, field: str = "") -> Json:  # noqa: C901  # one line a type
        """The schema of a type; `field` is the name of the field that holds it."""
        match type_:
            case schema.Text():
                return {"type": ["string", "number"], "errorMessage": "Здесь нужен текст."}
            case schema.Flag():
                return _flag()
            case schema.Duration():
                return _duration()
            case schema.Date():
                return {"type": "string", "pattern": _DAY_PATTERN, **_errors(_DAY_WRONG)}
            case schema.NewLanguage():
                return {
                    "type": "string",
                    "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
                    **_errors("Код языка: ru, ky, en."),
                }
            case schema.Choice():
                return _choice(type_.values)
            case schema.Ref():
                return self._reference(type_.to, field)
            case schema.Either():
                words = {**self.of(type_.mapping, field), "errorMessage": _WORDS_WRONG}
                return {"anyOf": [self.of(type_.ref, field), words]}
            case schema.ListOf():
                return self._list(type_, field)
            case schema.MapOf():
                return self._map(type_, field)
            case schema.Record():
                return self._record(type_)

    def _list(self, type_: schema.ListOf, field: str) -> Json:
        item = self.of(type_.item, field)
        many = {"type": "array", "items": item, "errorMessage": "Здесь нужен список: строки с «- »."}
        return {"anyOf": [many, item]} if type_.single else many

    def _map(self, type_: schema.MapOf, field: str) -> Json:
        held = self.of(type_.value, field)
        if type_.key == schema.LANGUAGE:
            return self._by_language(held)
        if type_.key == schema.FORM:
            forms = {form: {"description": title, **held} for form, title in _FORMS.items()}
            times = {_TIME_PATTERN: {"description": "С этого часа", **held}}
            return _closed(forms, 'формы m и f или часы, например "17:00"', patternProperties=times)
        if field == "after":
            outcomes = {name: {"description": title, **held} for name, title in self.names.outcomes.items()}
            return _closed(outcomes, "итоги из kb.yaml", _AGAIN)
        return {
            "type": "object",
            "additionalProperties": held,
            "propertyNames": {"pattern": _NAME_PATTERN, "doNotSuggest": True, **_errors(_NAME_WRONG)},
            "errorMessage": "Здесь нужны имена, каждое с двоеточием и своими полями под ним.",
        }

    def _by_language(self, held: Json) -> Json:
        languages = self.names.languages or tuple(_LANGUAGES)
        texts = {one: {"description": _LANGUAGES.get(one, f"На языке {one}"), **held} for one in languages}
        return _closed(texts, f"языки: {', '.join(languages)}, каждый с новой строки")

    def _record(self, type_: schema.Record) -> Json:
        shown = examples(type_)
        fields = {one.name: self._field(one, shown.get(one.name, "")) for one in type_.fields}
        if type_.languages is not None:
            fields |= self._by_language(self.of(type_.languages))["properties"]
        closed = _closed(fields, f"поля {', '.join(fields)}")
        required = [{"required": [name], **_errors(f"Не хватает поля {name}.")} for name in type_.required]
        return {**closed, "allOf": required} if required else closed

    def _field(self, one: schema.Field, example: str) -> Json:
        """A field's schema with its description.

        The example is in the description: VS Code offers `examples` as values, a mapping as [object Object].
        """
        doc = one.doc + (" (обязательно)" if one.required else "")
        shown = {"markdownDescription": f"{doc}\n\nПример:\n```yaml\n{example}```"} if example else {}
        return {"description": doc, **shown, **self.of(one.type, one.name), **_offer(one.type, example)}

    def _reference(self, to: str, field: str) -> Json:
        if to not in _CALLED:
            self.targets.add(to)
            return {"allOf": [{"$ref": f"#/definitions/{to}"}]}
        called, section = _CALLED[to]
        known = self._norms(field) if to == "norm" else getattr(self.names, section)
        if not known or (self.within_base and to != "scenario"):
            return {
                "type": ["string", "number"],
                **_offered(known),
                **_errors(f"Здесь нужно имя из {section}."),
            }
        listed = ", ".join(islice(known, MOST_LISTED)) + (" …" if len(known) > MOST_LISTED else "")
        wrong = f"{called} нет. Есть: {listed}. {_AGAIN}"
        values = _as_yaml(known)
        return {
            "enum": values,
            "enumDescriptions": [known[str(one)] for one in values],
            "errorMessage": wrong,
        }

    def _norms(self, field: str) -> Titles:
        kinds = _NORM_KINDS.get(field)
        return {
            name: one.title for name, one in self.names.norms.items() if not kinds or one.kind in (*kinds, "")
        }


def _targets(names: Names) -> Json:
    """What `go`, `late`, `again`, `say` may name. Suggestions only: steps come and go while one writes."""
    steps, phrases = _few(names.steps), _few(names.phrases)
    offers = {"target": {**_RESERVED, **steps}, "step": steps, "phrase": phrases}
    wrong = {"phrase": _WORDS_WRONG}
    return {
        to: {
            "type": ["string", "number"],
            "pattern": _TARGET_PATTERN,
            **_errors(wrong.get(to, _TARGET_WRONG)),
            **_offered(known),
        }
        for to, known in offers.items()
    }


def _few(steps: Titles) -> Titles:
    """The steps, or the first of each scenario if they are too many for an editor."""
    if len(steps) <= MOST_OFFERED:
        return steps
    first: dict[str, str] = {}
    for name in steps:
        first.setdefault(name.partition(".")[0], name)
    return {name: steps[name] for name in islice(first.values(), MOST_OFFERED)}


def _offered(known: Titles) -> Json:
    snippets = [{"label": name, "description": title, "body": name} for name, title in known.items()]
    return {"defaultSnippets": snippets} if snippets else {}


def _offer(type_: schema.Type, example: str) -> Json:
    """The example as a completion, for types whose notation has to be learnt."""
    _, _, value = example.strip().partition(": ")
    return _offered({value: "Например"}) if value and isinstance(type_, schema.Duration | schema.Date) else {}


def _errors(wrong: str) -> Json:
    return {"errorMessage": wrong, "patternErrorMessage": wrong}


def _closed(fields: Json, allowed: str, hint: str = "", **more: Json) -> Json:
    """A mapping with these fields and no others."""
    wrong = f"Здесь могут стоять {allowed}. {hint}".rstrip()
    return {
        "type": "object",
        "properties": fields,
        "additionalProperties": False,
        **more,
        "errorMessage": wrong,
    }


def _flag() -> Json:
    words = "|".join(_any_case(one) for one in _FLAGS)
    wrong = _errors("Здесь может стоять: true или false, да или нет.")
    return {"type": ["boolean", "string"], "pattern": f"^({words})$", **wrong}


def _choice(values: tuple[str, ...]) -> Json:
    if len(values) > 1 and all(one.isdigit() for one in values):
        first, last = int(values[0]), int(values[-1])
        wrong = _errors(f"Здесь может стоять целое число от {first} до {last}.")
        whole = {"type": ["integer", "string"], "minimum": first, "maximum": last}
        return {**whole, "pattern": f"^({'|'.join(values)})$", **wrong}
    return {"enum": _as_yaml(values), "errorMessage": f"Здесь может стоять: {', '.join(values)}."}


def _duration() -> Json:
    units = "|".join(_any_case(one) for unit in UNITS.values() for one in unit)
    wrong = _errors("Время пишут числом и единицей: 15 с, 2 мин, 1 ч.")
    return {"type": "string", "pattern": rf"^\s*(?!0+\D)[0-9]{{1,5}}\s*({units})\.?\s*$", **wrong}


def _any_case(word: str) -> str:
    """A pattern of the word in either case: JSON Schema patterns have no flag for it."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def _as_yaml(values: Iterable[Any]) -> list[Any]:
    """The values as YAML reads them: number-like and boolean ones both as text and as such."""
    found: list[Any] = []
    for value in values:
        found.append(value)
        if value in ("true", "false"):
            found.append(value == "true")
        elif isinstance(value, str) and value.isascii() and value.isdigit():
            found.append(int(value))
    return found
