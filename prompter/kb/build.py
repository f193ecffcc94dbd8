"""A folder of YAML -> one immutable `KnowledgeBase`, or every problem that prevents it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from prompter.kb import approvals, checks, schema, source, yamlread
from prompter.kb.linking import Sources
from prompter.kb.model import (
    OPERATOR,
    Answer,
    KnowledgeBase,
    Norm,
    Outcome,
    Phrase,
    Scenario,
    Step,
    Word,
    Wording,
)
from prompter.kb.problems import ERROR, WARNING, BaseUnusable, Place, Problem
from prompter.kb.read import Source, read_by
from prompter.kb.revision import name_of, uncollected


def load_sources(folder: Path) -> tuple[KnowledgeBase, list[Problem]]:
    """The base in `folder` and its warnings. BaseUnusable, with all problems in order, if it has errors."""
    with uncollected():
        return _load(folder)


def _load(folder: Path) -> tuple[KnowledgeBase, list[Problem]]:
    ledger, problems = approvals.read_ledger(folder)
    sources, found = read_sources(folder)
    problems += found
    if sources is not None:
        problems += checks.check(sources)
        problems += _outdated(sources, ledger)
    problems.sort(key=lambda one: (one.place, one.code))
    if sources is None or any(one.severity == ERROR for one in problems):
        raise BaseUnusable(problems)
    base = _Builder(sources, ledger).base()
    return replace(base, revision=name_of(base)), problems


def _outdated(sources: Sources, ledger: approvals.Ledger) -> Iterator[Problem]:
    """Warn of approved translations whose source text was edited since."""
    first = (sources.base.data.get("languages") or [""])[0]
    for step in sources.steps():
        say = step.data.get("say")
        if not isinstance(say, dict):
            continue
        origin = approvals.source_hash([text for text in say.get(first) or [] if text])
        for language, texts in say.items():
            for index, text in enumerate(texts):
                if (
                    text
                    and language != first
                    and ledger.outdated(approvals.text_hash(text), language, origin)
                ):
                    place = step.at("say", language, index)
                    yield Problem(place, "translation-outdated", {"language": language}, WARNING)


def read_sources(folder: Path) -> tuple[Sources | None, list[Problem]]:
    """Every file by the schema, unchecked between files; None when `kb.yaml` cannot be understood."""
    base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, None)
    languages = base.data.get("languages") if base else None
    known = tuple(filter(None, languages)) if languages else None
    if base is not None and known:
        # Once more, now that it is known which languages a text may have.
        base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, known)
    for misnamed in source.misnamed_files(folder):
        problems.append(Problem(Place(misnamed), "ignored-file", severity=WARNING))
    scenarios: dict[str, Source] = {}
    unreadable = False
    for path in source.scenario_files(folder):
        name = f"{source.SCENARIOS}/{path.name}"
        if not path.stem.replace("-", "_").isidentifier():
            problems.append(Problem(Place(name), "bad-file-name", {"name": path.name}))
            continue
        scenario, found = _read_file(folder, name, schema.SCENARIO, known)
        problems += found
        if scenario is None:
            unreadable = True
        else:
            scenarios[path.stem] = scenario
    # Without one scenario every name that leads to it would be called unknown: noise.
    if base is None or unreadable:
        return None, problems
    return Sources(base, scenarios), problems


def _read_file(
    folder: Path, name: str, type_: schema.Record, languages: tuple[str, ...] | None
) -> tuple[Source | None, list[Problem]]:
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return None, [Problem(Place(name), "no-file", {"name": name})]
    except OSError as error:
        return None, [Problem(Place(name), "unreadable-file", {"reason": str(error.strerror or error)})]
    node, problems = yamlread.read(data, name)
    if node is None:
        return None, problems
    if not isinstance(node, yamlread.Mapping):
        return None, [*problems, Problem(node.place, "not-a-mapping")]
    read, found = read_by(node, type_, name, languages)
    return read, problems + found


class _Builder:
    """Turns checked sources into the model. Trusts them: whatever is missing was optional."""

    def __init__(self, sources: Sources, ledger: approvals.Ledger) -> None:
        self.sources = sources
        self.ledger = ledger
        self.phrases: dict[str, Phrase] = {}

    def base(self) -> KnowledgeBase:
        data = self.sources.base.data
        scenarios = {name: self._scenario(name) for name in self._order()}
        return KnowledgeBase(
            revision="",
            company=data["company"],
            languages=tuple(data["languages"]),
            open=data["open"],
            outgoing=data["outgoing"],
            talk=data["talk"],
            show_drafts=data.get("drafts") == "marked",
            departments=data.get("departments", {}),
            marks=data.get("marks", {}),
            norms={name: _norm(name, one) for name, one in data.get("norms", {}).items()},
            outcomes={name: _outcome(name, one) for name, one in data["outcomes"].items()},
            words={name: _word(name, one) for name, one in data.get("words", {}).items()},
            scenarios=scenarios,
            steps={step.id: step for name in scenarios for step in self._steps(name)},
        )

    def _order(self) -> list[str]:
        """The opening scenario, talk, those with a key by key, the rest by file."""
        data = self.sources.base.data
        first = {data["open"]: 0, data["talk"]: 1}

        def rank(name: str) -> tuple[int, str, str]:
            key = self.sources.scenarios[name].data.get("key", "")
            return first.get(name, 2 if key else 3), key, name

        return sorted(self.sources.scenarios, key=rank)

    def _scenario(self, name: str) -> Scenario:
        data = self.sources.scenarios[name].data
        return Scenario(
            id=name,
            title=data["title"],
            steps=tuple(f"{name}.{step}" for step in data["steps"]),
            key=data.get("key", ""),
            interrupt=data.get("interrupt", False),
            source=data.get("source", ""),
            caller=_lists(data.get("caller")),
            after={outcome: self._resolve(name, step) for outcome, step in data.get("after", {}).items()},
            departments=tuple(data.get("departments", ())),
        )

    def _steps(self, scenario: str) -> list[Step]:
        steps = self.sources.scenarios[scenario].data["steps"]
        return [self._step(scenario, name, data) for name, data in steps.items()]

    def _step(self, scenario: str, name: str, data: dict[str, Any]) -> Step:
        return Step(
            id=f"{scenario}.{name}",
            scenario=scenario,
            title=data["title"],
            say=self._phrase(scenario, name, data.get("say")),
            do=data.get("do", {}),
            never=_lists(data.get("never")),
            answers=tuple(self._answer(scenario, one) for one in data.get("answers", ())),
            listen=data.get("listen", False),
            clock=data.get("clock", ""),
            late=tuple(self._resolve(scenario, one) for one in data.get("late", ())),
            marks=data.get("marks", ""),
            once=data.get("once", False),
            again=self._resolve(scenario, data["again"]) if "again" in data else "",
            promise=data.get("promise", ""),
            end=data.get("end", ""),
            source=data.get("source", ""),
        )

    def _answer(self, scenario: str, data: dict[str, Any]) -> Answer:
        return Answer(
            when=data["when"],
            go=self._resolve(scenario, data["go"]),
            enter=data.get("enter", False),
            replies=_lists(data.get("replies")),
        )

    def _resolve(self, scenario: str, target: str) -> str:
        resolved = self.sources.resolve_go(scenario, target)
        assert resolved is not None, target
        return resolved

    def _phrase(self, scenario: str, name: str, say: str | dict[str, list[str]] | None) -> Phrase | None:
        if say is None:
            return None
        owner = self._resolve(scenario, say) if isinstance(say, str) else f"{scenario}.{name}"
        if owner not in self.phrases:
            own = (self.sources.step(owner) or {})["say"]
            wordings = {
                language: tuple(self._wording(text, language) for text in texts)
                for language, texts in own.items()
            }
            self.phrases[owner] = Phrase(owner, wordings)
        return self.phrases[owner]

    def _wording(self, text: str, language: str) -> Wording:
        name = approvals.text_hash(text)
        return Wording(text, name, self.ledger.holds(name, language))


def _lists(value: dict[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {language: tuple(texts) for language, texts in (value or {}).items()}


def _norm(name: str, data: dict[str, Any]) -> Norm:
    return Norm(
        id=name,
        title=data["title"],
        kind=data["kind"],
        limit=data["limit"],
        warn=data.get("warn", 0),
        step=data.get("step", 0),
        since=data.get("since", ""),
        who=data.get("who", OPERATOR),
        source=data.get("source", ""),
    )


def _outcome(name: str, data: dict[str, Any]) -> Outcome:
    return Outcome(name, data["title"], tuple(data.get("requires", ())), data.get("promised", ""))


def _word(name: str, data: dict[str, Any]) -> Word:
    forms = {language: dict(sorted(one.items())) for language, one in data.items() if isinstance(one, dict)}
    return Word(name, data["from"], forms, data.get("norm", ""), data.get("default", 0))
