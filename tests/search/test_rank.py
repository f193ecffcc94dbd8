"""What an operator types, and what stands on top."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.search.index import Entry, Index, build
from prompter.search.rank import Context, Hit, learned_as, rank

TEXTS = {
    "greeting": "Приветствие клиента",
    "hello": "Саламатсызбы, мен Сизди угуп жатам, айта бериңиз",
    "inaudible": "Клиента не слышно, помехи на линии",
    "hold": "Ожидайте, пожалуйста, на линии, я уточню данную информацию",
    "thanks": "Спасибо за ожидание",
    "debt": "Төлөм чегин сактап коюңуз",
    "router": "Перезагрузите роутер, отключив его от сети на тридцать секунд",
    "routers": "Роутерди отуз секундга өчүрүп, кайра күйгүзүңүз",
    "promise": "Менеджер перезвонит Вам в течение 15-ти минут",
    "move": "Переезжаю на другую квартиру",
    "brand": "Компания Skynet, тариф Гигабит 100 мегабит",
    "end": "Наш разговор не может быть продолжен. Всего доброго",
    "cable": "Проверьте сетевой кабель и подключение к порту",
}
INDEX = build(Entry(name, text) for name, text in TEXTS.items())


def top(query: str, index: Index = INDEX, **options: object) -> str | int:
    hits = rank(index, query, **options)  # type: ignore[arg-type]
    return hits[0].entry.id if hits else ""


def marked(hit: Hit) -> list[str]:
    return [hit.entry.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("прив", "greeting"),
        ("при кли", "greeting"),  # several unfinished words
        ("перзвонит", "promise"),  # a letter lost
        ("иенеджер", "promise"),  # a slip in the first letter
        ("менеджре перезвноит", "promise"),  # two words, two slips
        ("рпивет", "greeting"),  # unfinished and slipped
        ("ghbdtncndbt", "greeting"),  # the other layout
        ("j;blfqnt gj;fkeqcnf", "hold"),  # where ; is a letter
        ("ылнтуе", "brand"),  # a Latin name with the Russian layout on
        ("privetstvie", "greeting"),
        ("salamatsyzby", "hello"),
        ("perezvonit menedjer", "promise"),
        ("төлөм чегин", "debt"),
        ("толом чегин", "debt"),  # without the Kyrgyz letters
        ("cпасибо", "thanks"),  # a Latin c
        ("переезжавшая другая", "move"),  # inflection
        ("роутерлердин өчүрдүм", "routers"),  # suffixes
        ("минут 15", "promise"),  # word order, digits
        ("100 мегабит", "brand"),
        ("неслышно", "inaudible"),  # glued
        ("сетевойкабель", "cable"),
        ("инфор мацию", "hold"),  # split
        ("не может быть продолж", "end"),
        ("vtytl;th gthtpdjybn", "promise"),
        ("spasibo za ojid", "thanks"),  # transliterated and unfinished
        ("алло девушка у меня роутер не перезагружается никак", "router"),  # a caller's sentence
    ],
)
def test_what_is_typed_finds_what_is_meant(query: str, name: str) -> None:
    assert top(query) == name


def test_every_key_on_the_way_gives_something() -> None:
    for query in ("приветствие клиента", "ghbdtncndbt rkbtynf", "privetstvie"):
        assert all(rank(INDEX, query[:length]) for length in range(1, len(query) + 1))


def test_the_words_that_matched_are_marked() -> None:
    (hit, *_) = rank(INDEX, "15 менедж")
    assert marked(hit) == ["Менеджер", "15"]
    (hit, *_) = rank(INDEX, "ожиданию")
    assert marked(hit) == ["ожидание"]


@pytest.mark.parametrize("query", ["", "   ", "щщщщщщщ", "🙂🙂", "\x1b[31m", "…", "غغغ", "42424242"])
def test_nothing_fits(query: str) -> None:
    assert rank(INDEX, query) == []


@pytest.mark.parametrize(
    "query",
    [
        "а" * 10_000,
        "слово " * 2_000,
        "a" * 10_000,
        "yojcx" * 2_000,
        "[" * 10_000,
        "(а+)+$" * 100,
        "'; DROP TABLE entries; --",
        ".*[^]\\",
        "\u202eтевирп\u202c",
        "\x00\x07\x1b]0;x\x07",
        "\ud800",
        "👩‍👩‍👧‍👦 роутер",
        "e\u0301" * 5_000,
    ],
)
def test_a_strange_query_is_only_a_query(query: str) -> None:
    for hit in rank(INDEX, query):
        assert all(0 <= start < end <= len(hit.entry.text) for start, end in hit.spans)


@given(st.text(max_size=30))
def test_any_text_gives_hits_in_order(query: str) -> None:
    hits = rank(INDEX, query)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.entry.id for hit in hits}) == len(hits)


def test_an_index_of_nothing() -> None:
    for entries in ([], [Entry("a", "")], [Entry("a", "—")]):
        assert rank(build(entries), "привет") == rank(build(entries), "ghbdtn") == []


def test_the_limit() -> None:
    assert len(rank(INDEX, "п", limit=3)) == 3


def test_one_thing_stands_in_the_list_once() -> None:
    index = build(
        [Entry("hold", "Ожидание", "ru"), Entry("hold", "А сколько ждать", "ru"), Entry("x", "ждать")]
    )
    assert sorted(str(hit.entry.id) for hit in rank(index, "ждать")) == ["hold", "x"]


def test_things_of_two_kinds_may_share_an_id() -> None:
    index = build([Entry("hold", "Сколько ждать", kind=kind) for kind in ("scenario", "caller", "norm")])
    assert sorted(hit.entry.thing for hit in rank(index, "ждать")) == [("norm", "hold"), ("scenario", "hold")]


CALL = build(
    [
        Entry("say", "Вас не слышно", kind="phrase", scenario="inaudible"),
        Entry("inaudible", "Не слышно вас, девушка", kind="caller", scenario="inaudible"),
    ]
)


def test_in_a_call_scenarios_that_fit_come_first() -> None:
    ids = [hit.entry.id for hit in rank(CALL, "вас не слышно", Context(in_call=True))]
    assert ids == ["inaudible", "say"]
    assert top("вас не слышно", CALL) == "say"


def test_in_a_call_a_scenario_that_hardly_fits_stays_behind() -> None:
    index = build(
        [Entry("say", "Тариф для студентов", kind="phrase"), Entry("odd", "Студенты", kind="scenario")]
    )
    ids = [hit.entry.id for hit in rank(index, "тариф для студентов", Context(in_call=True))]
    assert ids == ["say", "odd"]


def test_the_open_scenario_comes_before_its_equals() -> None:
    index = build([Entry(name, "Перезвоните, пожалуйста", scenario=name) for name in ("one", "two")])
    assert top("перезвоните", index) == "one"
    assert top("перезвоните", index, context=Context(scenario="two")) == "two"


def test_other_departments_are_left_out() -> None:
    index = build([Entry("sales", "Скидка", departments=("sales",)), Entry("all", "Скидка пенсионерам")])
    assert [hit.entry.id for hit in rank(index, "скидка", Context(department="support"))] == ["all"]
    assert len(rank(index, "скидка", Context(department="sales"))) == len(rank(index, "скидка")) == 2


def test_many_entries_hide_neither_what_may_be_seen_nor_a_scenario() -> None:
    others = [Entry(number, "Скидка", departments=("sales",)) for number in range(300)]
    phrases = [Entry(number, "Скидка дня", kind="phrase") for number in range(300, 600)]
    mine = Entry("mine", "Скидка для студентов на втором курсе", kind="scenario", departments=("support",))
    index = build([*others, *phrases, mine])
    hits = rank(index, "скидка", Context(department="support", in_call=True), limit=1000)
    assert hits[0].entry.id == "mine"
    assert not {hit.entry.id for hit in hits} & set(range(300))


def test_what_was_learned_breaks_ties_only() -> None:
    index = build(
        [Entry("one", "Тариф Ночной"), Entry("two", "Тариф Дачный"), Entry("three", "Тарифы конкурентов")]
    )
    assert top("тариф", index) == "one"
    assert top("Тариф ", index, learned={learned_as("тариф"): [("", "two")]}) == "two"
    assert top("тариф", index, learned={learned_as("тариф"): [("", "three")]}) == "one", "no tie"
    assert top("тариф", index, learned={learned_as("скидка"): [("", "two")]}) == "one", "another query"


def test_rank_leaves_no_trace() -> None:
    before = [(hit.entry.id, hit.score) for hit in rank(INDEX, "роутер")]
    for number in range(200):
        rank(INDEX, f"слово{number} привт")
    assert [(hit.entry.id, hit.score) for hit in rank(INDEX, "роутер")] == before
    assert len(INDEX.memory) <= 64


def test_many_entries_use_sets_that_stand_ready() -> None:
    entries = [Entry(number, f"Улица {number}, дом {number % 50}") for number in range(3000)]
    index = build([*entries, Entry("found", "Переулок 17, дом 3")])
    assert index.words.postings.ready, "«улица» is in nearly every entry"
    assert top("улица 2718", index) == 2718
    assert top("переулок 17", index) == "found"
    assert top("перулок", index) == "found"
