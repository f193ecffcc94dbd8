"""The handbook's pages: what an operator reads, of her own department, in the words she would say."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call.view.handbook import (
    ALLOWED,
    ARTICLE,
    BARRED,
    DAILY,
    EXPRESSION,
    MANNER,
    NORM,
    OUTCOME,
    PARTLY,
    STATUS,
    Page,
    handbook,
)
from prompter.call.view.parts import Viewer
from prompter.kb.build import load_sources
from prompter.kb.model import KnowledgeBase
from tests.call.builders import NOON, text_of
from tests.kb.bases import ARTICLE as ARTICLE_FILE
from tests.kb.bases import FORBIDDEN, KB, STATUSES, write

SALES = Viewer(operator="Айгуль", gender="f", department="sales")
SUPPORT = replace(SALES, department="support")
NOBODY = replace(SALES, department="")

NORMS = """\
  quiet:
    title:
      ru: Сказать вовремя
    kind: respond
    since: greeting
    limit: 15 с
    source: слайд 11
outcomes:
  promised:
    title:
      ru: Обещан перезвон
    requires: [greeting]
  sold:
    title:
      ru: Продано
    requires: [greeting]
    promised: promised
"""


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    kb = KB.replace("outcomes:\n", NORMS, 1)
    files = {"kb": kb, "articles/pay": ARTICLE_FILE, "statuses": STATUSES, "forbidden": FORBIDDEN}
    found, problems = load_sources(write(tmp_path, **files))
    assert problems == []
    return found


def pages(base: KnowledgeBase, viewer: Viewer, language: str = "ru") -> dict[str, Page]:
    return {page.id: page for page in handbook(base, viewer, language, NOON)}


def test_pages_stand_by_kind_in_the_order_of_the_files(base: KnowledgeBase) -> None:
    assert [page.key for page in handbook(base, NOBODY, "ru", NOON)] == [
        (ARTICLE, "pay"),
        (STATUS, "coffee"),
        (STATUS, "busy"),
        (EXPRESSION, "not-sure"),
        (MANNER, "shouting"),
        (NORM, "hold"),
        (NORM, "callback"),
        (NORM, "quiet"),
        (OUTCOME, "promised"),
        (OUTCOME, "sold"),
        (OUTCOME, "done"),
    ]


@pytest.mark.parametrize(
    ("viewer", "article", "expression"), [(SALES, True, False), (SUPPORT, False, True), (NOBODY, True, True)]
)
def test_of_her_own_department(base: KnowledgeBase, viewer: Viewer, article: bool, expression: bool) -> None:
    found = pages(base, viewer)
    assert ("pay" in found, "not-sure" in found) == (article, expression)
    assert "shouting" in found


def test_an_article(base: KnowledgeBase) -> None:
    page = pages(base, SALES)["pay"]
    assert (page.title, page.source) == ("Рабочее время", "слайд 3")
    assert page.text == "Смена начинается вовремя.\n- прийти\n- сесть"
    assert page.found_by == ("Рабочее время", "когда начинается день")


@pytest.mark.parametrize(
    ("viewer", "coffee", "busy", "told"),
    [(SALES, DAILY, BARRED, ()), (SUPPORT, DAILY, ALLOWED, ()), (NOBODY, DAILY, PARTLY, ("Продажи",))],
)
def test_what_a_status_is_to_her(
    base: KnowledgeBase, viewer: Viewer, coffee: str, busy: str, told: tuple[str, ...]
) -> None:
    found = pages(base, viewer)
    assert (found["coffee"].use, found["busy"].use) == (coffee, busy)
    assert (found["coffee"].barred_to, found["busy"].barred_to) == ((), told)
    assert found["coffee"].text == "Не больше десяти минут"


def test_a_daily_status_may_be_forbidden_to_her(base: KnowledgeBase) -> None:
    coffee = replace(base.statuses["coffee"], forbidden=("sales",))
    edited = replace(base, statuses={"coffee": coffee})
    assert pages(edited, SALES)["coffee"].use == BARRED
    assert pages(edited, SUPPORT)["coffee"].use == DAILY


def test_an_approved_phrase_instead_as_it_would_be_said(base: KnowledgeBase) -> None:
    hello = base.steps["hello.first"]
    assert hello.say is not None
    wording = replace(hello.say.wordings["ru"][0], text="Добрый день, я {operator}", approved=True)
    said = replace(hello, say=replace(hello.say, wordings={"ru": (wording,)}))
    page = pages(replace(base, steps={**base.steps, "hello.first": said}), SUPPORT)["not-sure"]
    assert page.sayings == ("не уверен*",)
    assert page.text == "Клиент перестаёт верить"
    assert page.instead is not None
    assert not page.instead.draft
    assert [text_of(one) for one in page.instead.variants] == ["Добрый день, я Айгуль"]


def test_an_unapproved_phrase_is_hidden_as_on_the_card(base: KnowledgeBase) -> None:
    assert pages(base, SUPPORT)["not-sure"].instead is None
    marked = pages(replace(base, show_drafts=True), SUPPORT)["not-sure"].instead
    assert marked is not None
    assert marked.draft


def test_words_of_the_expressions_own(base: KnowledgeBase) -> None:
    page = pages(base, SALES, "ky")["shouting"]
    assert page.instead is not None
    assert (page.instead.language, page.instead.draft) == ("ru", False)
    assert text_of(page.instead.variants[0]) == "Я Айгуль"


def test_norms_and_outcomes(base: KnowledgeBase) -> None:
    found = pages(base, SALES)
    assert (found["hold"].norm, found["hold"].limit) == ("limit", 120)
    assert (found["callback"].norm, found["callback"].keeper) == ("promise", "operator")
    assert (found["quiet"].since, found["quiet"].source) == ("Приветствие", "слайд 11")
    assert (found["sold"].requires, found["sold"].promised) == (("Приветствие",), "Обещан перезвон")
    assert found["done"].requires == ()


def test_a_translation_is_a_draft(base: KnowledgeBase) -> None:
    rule = {"ru": "Не больше десяти минут", "ky": "Он мүнөттөн ашпайт"}
    edited = replace(base, statuses={"coffee": replace(base.statuses["coffee"], rule=rule)})
    kyrgyz = replace(SALES, ui="ky")
    assert (pages(edited, SALES)["coffee"].text, pages(edited, SALES)["coffee"].draft) == (rule["ru"], False)
    assert (pages(edited, kyrgyz)["coffee"].text, pages(edited, kyrgyz)["coffee"].draft) == (rule["ky"], True)
    assert not pages(base, kyrgyz)["coffee"].draft


def test_the_words_it_is_filled_with_may_be_missing(base: KnowledgeBase) -> None:
    page = pages(base, replace(SALES, operator=""))["shouting"]
    assert page.instead is not None
    assert [one.source for one in page.instead.variants[0]][-1] == "settings"
