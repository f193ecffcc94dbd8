"""`prompter show` and `list`: the scripts and the handbook as plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands import Run, run
from tests.kb.bases import HELLO, KB, scenario, write

__all__ = ["run"]  # the fixture


def test_list_is_one_line_a_scenario(run: Run) -> None:
    told = run("list")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[0] == "F2  greeting        Приветствие"
    assert "–   talk            Разговор" in told.out.splitlines()
    scenarios, pages = told.out.split("\n\n")
    assert len(scenarios.splitlines()) == 18
    assert "articles/discipline            Дисциплина" in pages.splitlines()
    assert "statuses/coffee                Кофе-брейк  [каждый день]" in pages.splitlines()
    assert "outcomes/hung-up               Клиент положил трубку" in pages.splitlines()


def test_show_tells_every_step(run: Run) -> None:
    told = run("show")
    assert (told.code, told.err) == (0, "")
    for id_ in ("greeting.hello", "clarify.how_long", "inaudible.goodbye", "outgoing.hello", "talk.listen"):
        assert f"[{id_}]" in told.out
    assert "RU: «Спасибо за Ваш звонок, всего доброго.»" in told.out
    assert "KY: «Чалганыңыз үчүн ыракмат, саламатта болуңуз.»" in told.out
    assert not re.search(r"[{}]", told.out)


def test_show_a_scenario(run: Run) -> None:
    told = run("show", "inaudible")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0] == "F3  Клиента не слышно  [inaudible]"
    assert "    клиент: Тишина в трубке" in lines
    assert "  Попросить говорить  [inaudible.ask]  (слайд 11)" in lines
    assert "    нельзя: «Алло, алло»" in lines
    assert "    1  Клиент отозвался → Разговор" in lines
    assert "    2  По-прежнему тишина → Попрощаться" in lines
    assert "[closing." not in told.out


def test_show_a_page_of_the_handbook(run: Run) -> None:
    told = run("show", "forbidden/dont_know")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "Не говорить",
        "  «Я не знаю»  [forbidden/dont_know]",
        "    нельзя: «не знаю», «понятия не имею», «не имею понятия»",
        "    почему: Клиент остаётся без ответа. Нет информации — уточните её.",
        "    вместо: «Извините, не могли бы подождать 2 мин? Я уточню данную информацию для Вас.»",
        "    слайд 20",
        "",
    ]


@pytest.mark.parametrize(
    ("section", "heading", "page"),
    [
        ("articles", "Статьи", "[articles/ethics]"),
        ("statuses", "Статусы", "[statuses/idle]"),
        ("forbidden", "Так нельзя", "[forbidden/arguing]"),
        ("norms", "Нормативы", "[norms/hold]"),
        ("outcomes", "Итоги звонка", "[outcomes/hung-up]"),
    ],
)
def test_show_a_section_of_the_handbook(run: Run, section: str, heading: str, page: str) -> None:
    told = run("show", section)
    assert told.code == 0
    assert heading in told.out.splitlines()
    assert page in told.out
    assert "[greeting.hello]" not in told.out
    assert page in run("show").out


def test_a_status_is_told_as_it_is_to_the_department(run: Run) -> None:
    told = run("--department", "sales", "show", "statuses/idle").out
    assert "✗ Запрещён Вашему отделу" in told
    assert "✓ Можно" in run("--department", "support", "show", "statuses/idle").out
    assert "✗ Запрещён отделам: Отдел продаж" in run("show", "statuses/idle").out


def test_a_base_without_a_handbook_lists_scenarios_alone(run: Run, tmp_path: Path) -> None:
    kb = KB[: KB.index("norms:")] + KB[KB.index("outcomes:") :]
    out = run("--kb", write(tmp_path, kb=kb), "list").out.splitlines()
    assert out[-1].startswith("outcomes/done")
    assert "articles" not in " ".join(out)


def test_show_a_step(run: Run) -> None:
    told = run("show", "clarify.sorry")
    assert told.code == 0
    assert "[clarify.sorry]" in told.out
    assert "своими словами" in told.out
    assert "Извиниться за долгое ожидание" in told.out
    assert "[clarify.ask]" not in told.out


def test_a_step_without_an_approved_phrase_says_so(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path / "kb"), "show", "hello.first")
    assert told.code == 0
    (title,) = re.findall(r"(?m)^  (.+)  \[hello\.first\]", told.out)
    assert f"    нет утверждённой фразы · своими словами: {title}" in told.out.splitlines()
    assert "нет утверждённой фразы" not in run("show", "clarify.sorry").out


def test_drafts_are_hidden_unless_marked(run: Run, tmp_path: Path) -> None:
    two = HELLO.replace("      ru: Добрый день\n", "      ru: Добрый день\n      ky: Салам\n")
    ledger = write(tmp_path / "hidden", hello=two)
    assert run("--kb", ledger, "approve", "hello.first", "--lang", "ru", "--by", "Я").code == 0
    told = run("--kb", ledger, "show", "hello", "--lang", "ky")
    assert "RU: «Добрый день»" in told.out
    assert "KY: нет утверждённой фразы" in told.out
    assert "Салам" not in told.out
    marked = write(tmp_path / "marked", kb=KB + "drafts: marked\n", hello=two)
    told = run("--kb", marked, "show", "hello", "--lang", "ky")
    assert "KY: «Салам»  [черновик, не утверждено]" in told.out
    assert "RU: «Добрый день»  [черновик, не утверждено]" in told.out
    assert "нет утверждённой фразы" not in told.out


def test_kyrgyz_first_where_it_is_approved(run: Run) -> None:
    out = run("show", "closing.goodbye", "--lang", "ky").out
    assert out.index("KY: «") < out.index("RU: «")
    out = run("show", "closing.goodbye").out
    assert out.index("RU: «") < out.index("KY: «")


def test_missing_words_are_marked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("show", "greeting")
    assert "оператор ‹имя оператора?›, я Вас слушаю" in told.out
    assert "--operator" in told.out
    assert "{" not in told.out
    for place in (("--operator", "Айгуль", "show", "greeting"), ("show", "greeting", "--operator", "Айгуль")):
        told = run(*place)
        assert "оператор Айгуль, я Вас слушаю" in told.out
        assert "--operator" not in told.out
    monkeypatch.setenv("PROMPTER_OPERATOR", "Бакыт")
    assert "оператор Бакыт," in run("show", "greeting").out


def test_a_form_of_address_that_nobody_gave(run: Run, tmp_path: Path) -> None:
    words = KB + "  ended:\n    from: gender\n    ru:\n      m: завершил\n      f: завершила\n"
    folder = write(
        tmp_path, kb=words + "drafts: marked\n", hello=HELLO.replace("Добрый день", "Я {ended} разговор")
    )
    told = run("--kb", folder, "show", "hello")
    assert "--form m|f" in told.out
    assert "--operator" not in told.out
    assert "Я завершила разговор" in run("--kb", folder, "show", "hello", "--form", "f").out


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("greting", "greeting"),
        ("clarify.aks", "clarify.ask"),
        ("statuses/cofee", "statuses/coffee"),
        ("articels", "articles"),
        ("zzzz", ""),
        (".", ""),
    ],
)
def test_an_unknown_name_suggests(run: Run, name: str, near: str) -> None:
    told = run("show", name)
    assert (told.code, told.out) == (1, "")
    assert f"«{name}»" in told.err
    assert ("Может быть" in told.err) is bool(near)
    assert near in told.err


def test_a_department_sees_its_own(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, x=scenario("do:\n  ru: Дело\nend: done", head="departments: [sales]\n"))
    assert "x " in run("--kb", folder, "list").out
    assert "x " in run("--kb", folder, "--department", "sales", "list").out
    assert "x " not in run("--kb", folder, "list", "--department", "support").out
    told = run("--kb", folder, "list", "--department", "nosuch")
    assert (told.code, told.out) == (2, "")
    assert "«nosuch»" in told.err
    assert "sales, support" in told.err


def test_settings_that_the_scripts_outgrew_keep_nobody_from_starting(run: Run, home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text('department = "gone"\nlanguage = "de"\n', encoding="utf-8")
    told = run("list")
    assert (told.code, told.err) == (0, "")
    assert told.out == run("list", "--lang", "ru").out


def test_an_unknown_language_of_phrases(run: Run) -> None:
    told = run("show", "--lang", "de")
    assert (told.code, told.out) == (2, "")
    assert "«de»" in told.err
    assert "ru, ky" in told.err
