"""The command line: what each command tells, to whom, with which exit code, whatever it is given."""

from __future__ import annotations

import gc
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from prompter import __version__
from prompter.cli import main
from prompter.commands import COMMANDS
from prompter.kb import source
from tests.kb.bases import HELLO, KB, TALK, scenario, write


class Told(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command in this process."""

    def call(*arguments: object) -> Told:
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as left:
            code = left.code
        assert code in (0, 1, 2)
        return Told(code, *capsys.readouterr())

    yield call
    gc.enable()  # a command that ends with its process switches it off


def started(
    *arguments: str, env: Mapping[str, str] | None = None, stdout: int | None = None, stdin: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "prompter", *arguments]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "", **(env or {})},
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        timeout=60,
    )


def company(folder: Path, name: str, **files: str) -> Path:
    """A base that is told from others by its greeting's title."""
    return write(folder, hello=HELLO.replace("Приветствие", name), **files)


# every command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_its_own_options(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"запуск: prompter {name}")
    assert "--ui ru|ky|en" in told.out
    listed = run("--help").out
    assert re.search(rf"^ +{name} ", listed, re.MULTILINE)


# show and list


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
    assert "✗ Запрещён вашему отделу" in told
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


# check


def test_check_of_a_good_base(run: Run) -> None:
    told = run("check")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[-1].endswith("scripts_kb: ошибок нет, 22 фразы, 20 текстов не утверждены")


def test_check_tells_where(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, hello=HELLO.replace("go: talk", "go: tlak"), x=scenario("edn: done"))
    told = run("--kb", folder, "check")
    assert told.code == 1
    assert re.search(r"^scenarios/hello\.yaml:12:13: ошибка: .*tlak.* \[[a-z-]+\]$", told.out, re.MULTILINE)
    assert re.search(r"^scenarios/x\.yaml:7:5: ошибка: .*edn.* \[[a-z-]+\]$", told.out, re.MULTILINE)
    assert re.search(r"^    .*talk", told.out, re.MULTILINE)  # a hint
    assert told.out.index("hello.yaml") < told.out.index("x.yaml")
    assert re.search(r": \d ошибк[аи]$", told.out.rstrip())


def test_a_warning_is_no_error(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "scenarios" / "y.yaml.txt").write_text("title:", encoding="utf-8")
    told = run("--kb", folder, "check")
    assert told.code == 0
    assert "y.yaml.txt:1:1: предупреждение: " in told.out


def test_duplicates_show_both_places(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path, talk=TALK + "title:\n  ru: Ещё\n"), "check")
    assert told.code == 1
    assert re.search(r"^scenarios/talk\.yaml:8:1: ", told.out, re.MULTILINE)
    assert re.search(r"^    .*: scenarios/talk\.yaml:1:1$", told.out, re.MULTILINE)


def test_a_broken_base_serves_nobody_at_first(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, hello=HELLO.replace("go: talk", "go: tlak"))
    told = run("--kb", folder, "list")
    assert (told.code, told.out) == (2, "")
    assert "scenarios/hello.yaml:12:13" in told.err
    assert "prompter check" in told.err


def test_the_last_good_base_serves_on(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path, "Добрая")
    assert "Добрая" in run("--kb", folder, "list").out
    write(tmp_path, hello="title: [")
    assert "Добрая" in run("--kb", folder, "list").out
    assert run("--kb", folder, "check").code == 1


# approve


def test_a_folder_that_is_gone_serves_on_from_its_last_revision(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path / "kb", "Близкие")
    away = tmp_path / "away"
    assert run("list", "--kb", str(folder))[0] == 0
    folder.rename(away)
    code, out, err = run("list", "--kb", str(folder))
    assert (code, "hello" in out) == (0, True), err
    assert run("check", "--kb", str(folder))[0] == 2
    away.rename(folder)
    assert run("list", "--kb", str(folder))[0] == 0


def test_approve_writes_the_ledger_and_an_edit_loses_it(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert "1 текст не утверждён" in run("--kb", folder, "check").out
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Айгуль  О.")
    assert (told.code, told.out, told.err) == (
        0,
        "утверждено: hello.first (ru), Айгуль О.\n    Добрый день\n",
        "",
    )
    ledger = (folder / "approvals.yaml").read_text(encoding="utf-8")
    assert 'by: "Айгуль О."' in ledger
    assert 'phrase: "hello.first"' in ledger
    assert "0 текстов не утверждены" in run("--kb", folder, "check").out
    write(folder, hello=HELLO.replace("Добрый день", "Добрый вечер"), approvals=ledger)
    assert "1 текст не утверждён" in run("--kb", folder, "check").out
    write(folder, approvals=ledger)
    assert "0 текстов не утверждены" in run("--kb", folder, "check").out


@pytest.mark.parametrize(
    ("phrases", "language", "said"),
    [
        (["hello.frist"], "ru", "hello.first"),
        (["hello.first"], "ky", "hello.first"),
        (["talk.listen"], "ru", "talk.listen"),
        (["zzz"], "ru", "zzz"),
    ],
)
def test_approve_refuses(run: Run, tmp_path: Path, phrases: list[str], language: str, said: str) -> None:
    folder = write(tmp_path)
    told = run("--kb", folder, "approve", *phrases, "--lang", language, "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert not (folder / "approvals.yaml").exists()


def test_one_refusal_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path), "approve", "zzz", "hello.first", "--lang", "ru", "--by", "Я")
    assert told.code == 1
    assert "hello.first (ru)" in told.out
    assert "zzz" in told.err


@pytest.mark.parametrize("nobody", ["", "  ", "\x1b\u202e"])
def test_nobody_approves_nothing(run: Run, tmp_path: Path, nobody: str) -> None:
    folder = write(tmp_path)
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", nobody)
    assert told.code == 2
    assert "--by" in told.err
    assert not (folder / "approvals.yaml").exists()


def test_a_broken_base_or_ledger_approves_nothing(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, approvals="- text: 5\n  nosuch: x\n")
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert "approvals.yaml:2:3" in told.err
    write(folder, hello="title: [")
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert "scenarios/hello.yaml" in told.err


def test_a_ledger_that_cannot_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "нельзя")

    monkeypatch.setattr("prompter.kb.approving.write_ledger", refuse)
    told = run("--kb", write(tmp_path), "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (2, "")
    assert "нельзя" in told.err


# which base


def test_flag_over_environment_over_file_over_bundled(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag, env, setting = (company(tmp_path / n, n.upper()) for n in ("flag", "env", "setting"))
    assert "Клиента не слышно" in run("list").out
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(f"kb = {json.dumps(str(setting))}\n", encoding="utf-8")
    assert "SETTING" in run("list").out
    monkeypatch.setenv("PROMPTER_KB", str(env))
    assert "ENV" in run("list").out
    assert "FLAG" in run("--kb", flag, "list").out
    assert "FLAG" in run("list", "--kb", flag).out
    assert "FLAG" in run("list", f"--kb={flag}").out


@pytest.mark.parametrize("place", ["flag", "env", "setting"])
@pytest.mark.parametrize("kind", ["missing", "empty", "file", "long", "user"])
def test_a_named_folder_that_is_no_base_decides(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, place: str, kind: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    odd = {"long": "a" * 300, "user": "~nosuchuser"}
    wrong = odd.get(kind) or str(tmp_path / kind)
    arguments: list[str] = []
    if place == "flag":
        arguments = ["--kb", wrong]
        monkeypatch.setenv("PROMPTER_KB", str(write(tmp_path / "good")))
    elif place == "env":
        monkeypatch.setenv("PROMPTER_KB", wrong)
    else:
        home.mkdir(parents=True, exist_ok=True)
        (home / "settings.toml").write_text(f"kb = {json.dumps(wrong)}\n", encoding="utf-8")
    for command in (["list"], ["show"], ["check"], ["approve", "x", "--lang", "ru", "--by", "Я"]):
        told = run(*arguments, *command)
        assert (told.code, told.out) == (2, "")
        assert {"flag": "--kb", "env": source.VARIABLE, "setting": "settings.toml: kb"}[place] in told.err
        assert wrong in told.err
        assert ("kb.yaml" in told.err) is (kind == "empty")


def test_an_empty_flag_names_a_folder_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("--kb", "", "list")
    assert (told.code, told.out) == (2, "")
    assert "--kb" in told.err


def test_a_folder_keeps_its_name(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path / "два  пробела и\u0306", "Она")
    assert "Она" in run("--kb", folder, "list").out
    assert "Она" in run(f"--kb={folder}", "list").out


# languages of the interface


@pytest.mark.parametrize("ui", ["ru", "ky", "en"])
def test_help_in_every_language(run: Run, ui: str) -> None:
    locale_words = {"ru": "запуск: ", "ky": "иштетүү: ", "en": "usage: "}
    for arguments in (
        ["--ui", ui, "--help"],
        [f"--ui={ui}", "show", "-h"],
        ["approve", "--ui", ui, "--help"],
    ):
        told = run(*arguments)
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith(locale_words[ui])


NAMES = {
    *("prompter", *COMMANDS, "format", "strict", "text", "json", "github"),
    *("help", "version", "operator", "form", "department"),
    *("lang", "ui", "kb", "by", "h", "m", "f", "ru", "ky", "en", "ID", "toml", "settings", "yaml", "Skynet"),
    *("nosuch", "x", "de", "sales", "support", "theme", "dark", "light", "contrast"),
    *("articles", "statuses", "forbidden", "norms", "outcomes", "title", "print", "article", "scenario"),
    *("json", "limit", "learned", "forget", "N", "JSON", "kb", "approvers", "git"),
}
"""Latin words that are no English: what is typed, and what was typed here."""


@pytest.mark.parametrize("ui", ["ru", "ky"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["show", "--help"],
        ["list", "--help"],
        ["check", "--help"],
        ["approve", "--help"],
        ["new", "--help"],
        ["schema", "--help"],
        ["nosuch"],
        ["--nosuch"],
        ["check", "x", "x"],
        ["--operator"],
        ["--form", "x", "list"],
        ["--lang", "de", "list"],
        ["--department", "nosuch", "list"],
        ["--kb", "/nosuch", "list"],
        ["show", "nosuch"],
        ["approve"],
        ["approve", "x", "--lang", "ru", "--by", ""],
        ["approve", "x", "--lang", "ru", "--by", "x"],
        ["--ui"],
        [],
    ],
    ids=" ".join,
)
def test_no_english_is_left(run: Run, monkeypatch: pytest.MonkeyPatch, ui: str, arguments: list[str]) -> None:
    monkeypatch.setenv("PROMPTER_UI", ui)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    told = run(*arguments)
    said = re.sub(r"\[[a-z-]+\]|--[a-z-]+|approvals\.yaml", "", told.out + told.err)
    assert said.strip()
    assert set(re.findall(r"[A-Za-z]+", said)) - NAMES == set()
    assert told.code == 0 if "--help" in arguments else told.code > 0


@pytest.mark.parametrize("form", [["--ui", "en"], ["--ui=en"]])
@pytest.mark.parametrize("after", [False, True])
def test_the_language_stands_before_or_after_the_command(run: Run, form: list[str], after: bool) -> None:
    told = run("check", *form) if after else run(*form, "check")
    assert told.code == 0
    assert "no errors" in told.out


def test_the_language_of_the_environment_and_an_unknown_one(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMPTER_UI", "en")
    assert "no errors" in run("check").out
    assert "ошибок нет" in run("check", "--ui", "ru").out
    told = run("check", "--ui", "de")
    assert (told.code, told.out) == (2, "")
    assert "«de»" in told.err
    assert "ru, ky, en" in told.err


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"prompter {__version__}\n", "")


@pytest.mark.parametrize("arguments", [["nosuch"], ["--nosuch"], ["check", "x"], ["approve", "x"], ["--kb"]])
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("запуск: prompter")


# hostile words

HOSTILE = "a\x1b[2J\x1b]0;x\x07\x9b31m\u202eb\u2066\u200bc\r\nd\ud800[red]e[/]"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]")


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["show", HOSTILE],
        ["show", f"greeting.{HOSTILE}"],
        ["show", "greeting", "--operator", HOSTILE],
        ["list", "--form", HOSTILE],
        ["list", "--department", HOSTILE],
        ["list", "--lang", HOSTILE],
        ["list", "--ui", HOSTILE],
        ["list", "--kb", HOSTILE],
        ["check", f"--kb={HOSTILE}"],
        ["check", HOSTILE],
        ["check", "--", f"--kb={HOSTILE}"],
        ["approve", HOSTILE, "--lang", "ru", "--by", "x"],
        ["approve", "x", "--lang", HOSTILE, "--by", "x"],
    ],
    ids=range(15),
)
def test_hostile_arguments(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.code == 0 if "--operator" in arguments else told.code > 0
    assert (told.out + told.err).strip()
    assert RAW.findall(told.out + told.err) == []


def test_markup_is_text(run: Run) -> None:
    assert (
        "оператор a[red]b[/] [@click=app.bell]c[/],"
        in run("show", "greeting", "--operator", "a[red]b[/] [@click=app.bell]c[/]").out
    )


@pytest.mark.parametrize(
    "name", ["OPERATOR", "FORM", "DEPARTMENT", "LANG", "UI", "KB", "BELL", "KEEP_DAYS", "HOME"]
)
def test_hostile_environment(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    value = HOSTILE.replace("\ud800", "\udcff")
    if name == "HOME":
        value = str(tmp_path / value)
        (Path(value) / "settings.toml").mkdir(parents=True)
    monkeypatch.setenv(f"PROMPTER_{name}", value)
    for arguments in (["list"], ["show", "greeting"]):
        told = run(*arguments)
        assert told.code == (0 if name in ("OPERATOR", "HOME") else 2)
        assert RAW.findall(told.out + told.err) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_hostile_file_names(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "a\x1b[2J\u202eb")
    (folder / "scenarios" / "x\x1b[2J\u202e\udcff.yaml").write_text("title: [", encoding="utf-8")
    (folder / "scenarios" / "y\x9b.yaml.txt").write_text("", encoding="utf-8")
    told = run("--kb", folder, "check")
    assert told.code == 1
    assert "x[2J" in told.out
    assert RAW.findall(told.out + told.err) == []


# no terminal, no file, no reader


def test_no_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        for arguments in ([], ["--operator", "Айгуль"], ["--lang", "ky", "--ui", "ru"]):
            assert run(*arguments) == (2, "", "prompter: экран открывается только в терминале\n")


@pytest.mark.parametrize(
    "text",
    [
        b"operator = ",
        b"\xff\xfe",
        b"a=" + b"[" * 3000,
        "operator = «Айгуль»".encode(),
        b"keep_days = " + b"1" * 5000,
        b"#" * 1_000_001,
    ],
    ids=range(6),
)
def test_unreadable_settings(run: Run, home: Path, text: bytes) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for arguments, code in ((["list"], 0), (["check"], 0), ([], 2)):  # there is no terminal here
        (home / "settings.toml").write_bytes(text)
        told = run(*arguments)
        assert told.code == code
        assert str(home / "settings.toml") in told.err
        (kept,) = home.glob("settings.toml.broken-*")
        assert kept.name in told.err
        assert kept.read_bytes() == text
        kept.unlink()
        assert "settings.toml" not in run(*arguments).err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_pipes_instead_of_files_of_the_program(run: Run, home: Path) -> None:
    assert run("list").code == 0
    for path in [*home.glob("current-*.json"), *home.glob("revisions/*.json")]:
        path.unlink()
        os.mkfifo(path)
    assert run("list").code == 0
    os.mkfifo(home / "settings.toml")
    told = run("list")
    assert told.code == 0
    assert str(home / "settings.toml") in told.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such file names there")
def test_a_file_whose_name_is_no_text_costs_time_at_most(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "scenarios" / "x\udcff.txt").touch()
    for _ in range(2):
        told = run("--kb", tmp_path, "list")
        assert (told.code, told.err) == (0, "")
        assert "hello" in told.out


def test_a_bad_setting_names_its_place(run: Run, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text('form = "x"\n', encoding="utf-8")
    told = run("list")
    assert told.code == 2
    assert str(home / "settings.toml") in told.err
    assert "form" in told.err
    assert run("list", "--form", "m").code == 2  # the file is wrong all the same


def test_a_home_that_cannot_be_one_only_costs_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPTER_HOME", os.path.join(os.devnull, "x"))
    assert run("list").code == 0


@pytest.mark.parametrize("arguments", [["show"], ["--help"]], ids=" ".join)
def test_a_reader_that_has_seen_enough(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = started(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["cp1251", "ascii"])
def test_a_file_that_lacks_our_letters(encoding: str) -> None:
    done = started("show", "closing", "--ui", "ky", env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"[closing.goodbye]" in done.stdout
    if encoding == "cp1251":
        assert "Спасибо за Ваш звонок".encode(encoding) in done.stdout


ODD = [
    "",
    "-",
    "--",
    "---",
    "-h",
    "--ui",
    "--ui=",
    "--kb",
    "--kb=",
    "--lang=ky",
    "show",
    "list",
    "check",
    "approve",
]
ODD += [
    "--by",
    "--by=",
    "--operator",
    "--form=m",
    "\x00",
    "%s",
    "%(x)s",
    "{}",
    "{operator}",
    "@file",
    "-1",
    "~",
    ".",
]
ODD += [
    "..",
    "a" * 5000,
    "\ud800",
    "--o",
    "--version=1",
    "-hh",
    "greeting.",
    ".hello",
    "=",
    "--=",
    "ё",
    "\U0010ffff",
]

DRIVER = """
import itertools, json, sys, traceback
from prompter.cli import main
from prompter.commands import COMMANDS
from prompter.commands import COMMANDS
odd = json.loads(sys.stdin.read())
lists = [*([one] for one in odd), *map(list, itertools.product(odd, ["show", "x", *odd[:12]]))]
lists += [["show", one, other] for one in odd for other in odd[:9]]
lists += [["approve", one, "--lang", other, "--by", one] for one in odd for other in ("ru", "", "{}")]
sys.stdin = None
codes = {}
for arguments in lists:
    try:
        code = main(arguments)
    except SystemExit as left:
        code = left.code
    except BaseException:
        print("AT", arguments, traceback.format_exc(), file=sys.stderr)
        code = "Traceback"
    codes[str(code)] = codes.get(str(code), 0) + 1
print(json.dumps(codes), file=sys.stderr)
"""


def test_no_argument_list_ends_in_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(ODD),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PROMPTER_KB": str(write(tmp_path / "kb"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    codes = json.loads(done.stderr.splitlines()[-1])
    assert set(codes) == {"0", "1", "2"}
    assert sum(codes.values()) > 800
