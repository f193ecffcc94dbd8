"""What a base's files may contain: data, not code. Used by the reader and for the editors' JSON Schema.

Each field has a one-line description in Russian, which the trainer sees while typing.
"""

from __future__ import annotations

from msgspec import Struct

from prompter.kb.model import MOODS

ID, LANGUAGE, TIME, FORM = "id", "language", "time", "form"
"""What the keys of a `MapOf` are: names the trainer makes up, languages, `HH:MM`, `m`/`f`."""


class Text(Struct, frozen=True):
    """Written words. `lines`: line breaks are kept."""

    lines: bool = False


class Flag(Struct, frozen=True):
    """`true` or `false`, also `да`/`нет`, `yes`/`no`."""


class Duration(Struct, frozen=True):
    """`15 с`, `2 мин`; becomes whole seconds, at least one."""


class Date(Struct, frozen=True):
    """`2026-12-31` or `31.12.2026`; becomes ISO text."""


class Choice(Struct, frozen=True):
    """One of a few words; `code` is the problem code for any other."""

    values: tuple[str, ...]
    code: str = "bad-choice"


class Ref(Struct, frozen=True):
    """The name of something defined elsewhere: scenario, step, norm, mark, outcome, department."""

    to: str


class NewLanguage(Struct, frozen=True):
    """The code of a language that the base introduces."""


class ListOf(Struct, frozen=True):
    """A list; `single`: one item may be written without the dash."""

    item: Type
    single: bool = False
    may_be_empty: bool = False


class MapOf(Struct, frozen=True):
    """A mapping from names to values of one type."""

    key: str
    value: Type


class Either(Struct, frozen=True):
    """A reference as text, or else a mapping."""

    ref: Ref
    mapping: MapOf


class Field(Struct, frozen=True):
    """One field of a record; `doc` is for the trainer."""

    name: str
    type: Type
    doc: str
    required: bool = False


class Record(Struct, eq=False):
    """Fixed fields. `languages`: each language may also be a field, of this type."""

    fields: tuple[Field, ...]
    languages: MapOf | None = None
    by_name: dict[str, Field] = {}
    required: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.by_name = {one.name: one for one in self.fields}
        self.required = tuple(one.name for one in self.fields if one.required)


Type = Text | Flag | Duration | Date | Choice | Ref | NewLanguage | ListOf | MapOf | Either | Record

LINE = Text()
TEXTS = MapOf(LANGUAGE, LINE)
LONG_TEXTS = MapOf(LANGUAGE, Text(lines=True))
LISTS = MapOf(LANGUAGE, ListOf(LINE, single=True))
IDEAS = MapOf(LANGUAGE, ListOf(ListOf(LINE, single=True), single=True))
SPOKEN = MapOf(LANGUAGE, ListOf(Text(lines=True), single=True))
DEPARTMENTS = ListOf(Ref("department"), may_be_empty=True)

KEYS = tuple(f"F{number}" for number in range(2, 10))
FORMAT = "1"
NUMBERS = tuple("012345")
POINTS = tuple(str(number) for number in range(0, 101, 5))

NORM = Record(
    (
        Field("title", TEXTS, "Слова в строке нормативов, по одной строке на язык", required=True),
        Field(
            "kind",
            Choice(("limit", "respond", "wait", "promise")),
            "Вид: limit — таймер удержания, respond — сказать вовремя, "
            "wait — короткая пауза, promise — перезвон",
            required=True,
        ),
        Field("limit", Duration(), "Норматив: 15 с, 2 мин, 1 ч", required=True),
        Field("warn", Duration(), "За сколько до конца предупредить"),
        Field("step", Duration(), "На сколько стрелки меняют время; без этого поля время не меняется"),
        Field("since", Ref("mark"), "Обязанность, от которой идёт отсчёт (для respond)"),
        Field(
            "who", Choice(("operator", "manager")), "Кто перезванивает (для promise): operator или manager"
        ),
        Field("asked", LISTS, "Как о нём спрашивают: по этим словам норматив находится"),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
    )
)

OUTCOME = Record(
    (
        Field("title", TEXTS, "Как итог называется на экране", required=True),
        Field(
            "requires", ListOf(Ref("mark"), may_be_empty=True), "Обязанности, которые должны быть выполнены"
        ),
        Field("promised", Ref("outcome"), "Итог вместо этого, если в звонке обещан перезвон"),
    )
)

WORD = Record(
    (
        Field(
            "from",
            Choice(("settings", "gender", "clock", "operator")),
            "Откуда слово: settings — из настроек, gender — по полу оператора, clock — по часам, "
            "operator — называет оператор",
            required=True,
        ),
        Field("norm", Ref("norm"), "Норматив, который называет оператор (для operator)"),
        Field("default", Duration(), "Время, пока оператор не назвал другое (для operator)"),
    ),
    languages=MapOf(FORM, LINE),
)

PRACTICE = Record(
    (
        Field("pass", Choice(POINTS), "Сколько баллов из 100 нужно на экзамене; без этого поля 80"),
        Field(
            "weights",
            Record(
                (
                    Field("recognition", Choice(POINTS), "Узнан ли сценарий, с которым звонит клиент"),
                    Field("decisions", Choice(POINTS), "Верно ли взяты ответы клиента"),
                    Field("phrase", Choice(POINTS), "Как сказаны фразы"),
                    Field("forbidden", Choice(POINTS), "Не сказано ли запрещённое"),
                    Field("norms", Choice(POINTS), "Соблюдены ли нормативы"),
                    Field("outcome", Choice(POINTS), "Сделано ли всё, чего требует итог"),
                )
            ),
            "Сколько весит каждая часть оценки звонка; по умолчанию 30, 25, 20, 10, 10 и 5",
        ),
    )
)

BASE = Record(
    (
        Field("format", Choice((FORMAT,), "unknown-format"), "Версия формата, всегда 1", required=True),
        Field("company", LINE, "Название компании", required=True),
        Field("languages", ListOf(NewLanguage()), "Языки фраз; первый — основной", required=True),
        Field("open", Ref("scenario"), "Сценарий, с которого начинается входящий звонок", required=True),
        Field("outgoing", Ref("scenario"), "Сценарий, с которого начинается исходящий звонок", required=True),
        Field(
            "talk", Ref("scenario"), "Сценарий, в котором звонок ждёт между другими сценариями", required=True
        ),
        Field(
            "drafts",
            Choice(("hide", "marked")),
            "Неутверждённые тексты: hide — скрывать, marked — показывать с пометкой",
        ),
        Field(
            "approvers",
            LISTS,
            "Кто утверждает тексты на каком языке; язык без этого поля утверждает любой",
        ),
        Field("departments", MapOf(ID, TEXTS), "Отделы и их названия"),
        Field("marks", MapOf(ID, TEXTS), "Обязанности и их названия на экране"),
        Field("norms", MapOf(ID, NORM), "Нормативы стандарта"),
        Field("outcomes", MapOf(ID, OUTCOME), "Итоги звонка в порядке цифр", required=True),
        Field("words", MapOf(ID, WORD), "Что можно писать в {скобках} во фразах"),
        Field("practice", PRACTICE, "Тренировки: проходной балл и вес частей оценки"),
    )
)

ANSWER = Record(
    (
        Field("when", TEXTS, "Что сделал или сказал клиент", required=True),
        Field("go", Ref("target"), "Куда дальше: шаг, сценарий.шаг, talk или return", required=True),
        Field("enter", Flag(), "Этот ответ берёт клавиша Enter"),
        Field("replies", LISTS, "Слова клиента, который так отвечает (для тренировок)"),
    )
)

STEP = Record(
    (
        Field("title", TEXTS, "Короткое название шага в списке", required=True),
        Field(
            "say",
            Either(Ref("phrase"), SPOKEN),
            "Фраза дословно, по строке на язык, или сценарий.шаг, чьи слова взять",
        ),
        Field("do", LONG_TEXTS, "Что сделать или сказать своими словами"),
        Field("never", LISTS, "Чего говорить нельзя"),
        Field("notice", TEXTS, "Объявление: что оператору важно знать сейчас; показывается до дня `until`"),
        Field("until", Date(), "Последний день объявления: 2026-12-31; потом оно скрыто"),
        Field("answers", ListOf(ANSWER), "Ответы клиента, не больше девяти"),
        Field("listen", Flag(), "Здесь ничего не говорят, только слушают"),
        Field("clock", Ref("norm"), "Норматив, который здесь идёт: limit, respond или wait"),
        Field("late", ListOf(Ref("step")), "Шаги, которые предлагаются, когда время вышло"),
        Field("marks", Ref("mark"), "Обязанность, которую шаг выполняет"),
        Field("once", Flag(), "Говорится один раз за звонок"),
        Field("again", Ref("step"), "Где откроется сценарий, если этот шаг уже сказан"),
        Field("promise", Ref("norm"), "Норматив перезвона; открывает форму контакта"),
        Field("end", Ref("outcome"), "Итог, с которым здесь заканчивается звонок"),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
        Field(
            "must",
            IDEAS,
            "Мысли фразы, без которых она не сказана (для тренировок): слова, как в forbidden.yaml, "
            "синонимы одной мысли списком",
        ),
    )
)

SCENARIO = Record(
    (
        Field("title", TEXTS, "Название сценария на экране", required=True),
        Field("key", Choice(KEYS, "bad-key"), "Клавиша от F2 до F9"),
        Field("interrupt", Flag(), "Отступление: прерывает разговор и возвращается в него"),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
        Field("departments", DEPARTMENTS, "Только для этих отделов"),
        Field("after", MapOf(ID, Ref("step")), "Итог прошлого звонка и шаг, с которого тогда открыть"),
        Field(
            "mood",
            Choice(MOODS),
            "Каким бывает клиент на тренировке, чтобы понадобился этот сценарий: rude — бранится, "
            "shouting — кричит, drunk — пьян, silent — молчит, flirting — заигрывает",
        ),
        Field(
            "caller",
            LISTS,
            "Что слышит оператор: по этим словам сценарий находится. Строку, начатую с тире, клиент "
            "произносит на тренировке",
        ),
        Field("steps", MapOf(ID, STEP), "Шаги; первый открывает сценарий", required=True),
    )
)

ARTICLE = Record(
    (
        Field("title", TEXTS, "Название статьи", required=True),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
        Field("departments", DEPARTMENTS, "Только для этих отделов"),
        Field("asked", LISTS, "Как об этом спрашивают: по этим словам статья находится"),
        Field("text", LONG_TEXTS, "Текст статьи; строка, начатая с «- », становится пунктом", required=True),
        Field("until", Date(), "Последний день, когда статья видна: 2026-12-31; без этого поля — всегда"),
    )
)

STATUS = Record(
    (
        Field("title", TEXTS, "Название статуса, как в телефонии", required=True),
        Field("daily", Flag(), "Обязателен каждый рабочий день"),
        Field("forbidden", DEPARTMENTS, "Отделы, которым статус запрещён; без этого поля разрешён всем"),
        Field("after_call", Flag(), "В этот статус возвращаются после звонка"),
        Field("closed", MapOf(TIME, LINE), 'Часы, когда статус не ставят, от и до: "10:00": "12:00"'),
        Field("remind", Duration(), "Через сколько от начала смены напомнить об обязательном статусе"),
        Field("rule", LONG_TEXTS, "Правило: когда статус ставят"),
        Field("asked", LISTS, "Как о нём спрашивают: по этим словам статус находится"),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
    )
)

EXPRESSION = Record(
    (
        Field("title", TEXTS, "Выражение или манера, как их показать", required=True),
        Field(
            "pattern",
            LISTS,
            "Слова выражения; * в конце слова — любое окончание, знаю|знаем — одно из слов. "
            "Без этого поля — манера речи",
        ),
        Field(
            "window",
            Choice(NUMBERS),
            "Сколько чужих слов может стоять между словами выражения: от 0 до 5; без этого поля 1",
        ),
        Field("order", Choice(("fixed", "any")), "any: слова выражения могут идти в любом порядке"),
        Field("unless", LISTS, "Исключения: где эти слова, там выражения нет"),
        Field("why", LONG_TEXTS, "Почему так нельзя", required=True),
        Field(
            "instead",
            Either(Ref("phrase"), LONG_TEXTS),
            "Что сказать вместо этого, по строке на язык, или сценарий.шаг, чьи слова взять",
        ),
        Field("departments", DEPARTMENTS, "Только для этих отделов"),
        Field("source", LINE, "Где это сказано в стандарте: слайд"),
    )
)

STATUSES = MapOf(ID, STATUS)
"""`statuses.yaml`."""
FORBIDDEN = MapOf(ID, EXPRESSION)
"""`forbidden.yaml`."""

LEDGER = ListOf(
    Record(
        (
            Field("text", LINE, "Отпечаток текста", required=True),
            Field("lang", LINE, "Язык", required=True),
            Field("by", LINE, "Кто утвердил", required=True),
            Field("at", LINE, "Когда, UTC", required=True),
            Field("source", LINE, "Отпечаток текста, с которого переведено"),
            Field("phrase", LINE, "Фраза, для справки"),
            Field("review", LINE, "День, к которому утверждение пора пересмотреть"),
            Field("words", Text(lines=True), "Утверждённый текст"),
            Field("source_words", Text(lines=True), "Текст, с которого переведено"),
            Field("revoked", LINE, "Когда утверждение снято, UTC"),
            Field("revoked_by", LINE, "Кто снял"),
            Field("reason", LINE, "Почему снято"),
            Field("seal", LINE, "Печать записи: отличает правку руками"),
        )
    ),
    may_be_empty=True,
)
"""`approvals.yaml`."""
