"""Articles, statuses and forbidden expressions, from their files into the base and its revision."""

from pathlib import Path

from prompter.kb.build import load_sources
from prompter.kb.model import Article, Forbidden, Status
from prompter.kb.opening import open_base
from prompter.kb.revision import from_json, to_json
from tests.kb.bases import ARTICLE, FORBIDDEN, STATUSES, problems_of, write


def files() -> dict[str, str]:
    return {"articles/pay": ARTICLE, "statuses": STATUSES, "forbidden": FORBIDDEN}


def test_what_was_written_is_in_the_base(tmp_path: Path) -> None:
    base, problems = load_sources(write(tmp_path, **files()))
    assert problems == []
    assert base.articles == {
        "pay": Article(
            id="pay",
            title={"ru": "Рабочее время"},
            text={"ru": "Смена начинается вовремя.\n- прийти\n- сесть"},
            asked={"ru": ("когда начинается день",)},
            departments=("sales",),
            source="слайд 3",
        )
    }
    assert list(base.statuses.values()) == [
        Status(
            id="coffee",
            title={"ru": "Кофе-брейк"},
            daily=True,
            rule={"ru": "Не больше десяти минут"},
            asked={"ru": ("перерыв",)},
            source="слайд 2",
        ),
        Status(id="busy", title={"ru": "Отбой"}, forbidden=("sales",)),
    ]
    assert list(base.forbidden.values()) == [
        Forbidden(
            id="not-sure",
            title={"ru": "«Не уверен»"},
            why={"ru": "Клиент перестаёт верить"},
            pattern={"ru": ("не уверен*",)},
            phrase="hello.first",
            departments=("support",),
            source="слайд 20",
        ),
        Forbidden(
            id="shouting",
            title={"ru": "Кричать"},
            why={"ru": "Это конфликт"},
            instead={"ru": "Я {operator}"},
        ),
    ]
    assert from_json(to_json(base)) == base


def test_a_base_may_do_without_them(tmp_path: Path) -> None:
    base, problems = load_sources(write(tmp_path))
    assert problems == []
    assert not base.articles
    assert not base.statuses
    assert not base.forbidden


def test_articles_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    named = {f"articles/{name}": ARTICLE for name in ("pay", "discipline", "ethics")}
    base, _ = load_sources(write(tmp_path, **named))
    assert list(base.articles) == ["discipline", "ethics", "pay"]


def test_an_edit_of_each_is_compiled(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb", **files()), tmp_path / "cache"
    seen = {open_base(folder, cache).base.revision}
    for name, text in files().items():
        write(folder, **{**files(), name: text.replace("слайд", "слайды")})
        seen.add(open_base(folder, cache).base.revision)
    assert len(seen) == 4


def test_an_article_that_cannot_be_read_hides_no_other_problem(tmp_path: Path) -> None:
    broken = FORBIDDEN.replace("hello.first", "gone.one")
    found = problems_of(write(tmp_path, **{**files(), "articles/pay": "title: [", "forbidden": broken}))
    assert [(one.place.file, one.code) for one in found] == [
        ("articles/pay.yaml", "unclosed-bracket"),
        ("forbidden.yaml", "unknown-scenario"),
    ]
