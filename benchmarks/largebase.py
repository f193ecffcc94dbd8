"""A knowledge base of 10,000 phrases in 2,000 scenario files, made from the program's own one.

python -m benchmarks.largebase FOLDER [--phrases 10000] [--files 2000]

The same options always give the same bytes. The bundled base is included unchanged, so that its keys and
phrases can be measured; the added files look like real scenarios: phrases in two languages (the Kyrgyz ones
are not approved words, only as long as such words), answers, duties, what never to say, a hold in every
third. Most Russian texts are in the ledger.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from prompter.kb.approvals import Approval, text_hash
from prompter.kb.build import load_sources
from prompter.kb.ledger import read_ledger, write_ledger
from prompter.kb.source import SCENARIOS, bundled

PHRASES, FILES = 10_000, 2_000
_SEED = 1
_APPROVED = 0.8

_RU = (
    ("Спасибо, что сообщили об этом.", "Понимаю Вас.", "Сейчас посмотрю.", "Давайте проверим вместе."),
    (
        "Проверьте, пожалуйста, горит ли на роутере индикатор интернета,",
        "Подскажите, пожалуйста, номер лицевого счёта,",
        "Отключите роутер от розетки и включите его снова,",
        "Откройте личный кабинет и посмотрите состояние счёта,",
        "Скажите, пожалуйста, когда Вы заметили это впервые,",
    ),
    ("это займёт не больше минуты.", "я останусь на линии.", "так мы быстрее найдём причину."),
)
_KY = (
    ("Билдиргениңиз үчүн ыракмат.", "Сизди түшүндүм.", "Азыр карап көрөм.", "Чогуу текшерели."),
    (
        "Сураныч, роутердеги интернет индикатору күйүп турабы, караңызчы,",
        "Сураныч, эсебиңиздин номерин айтыңызчы,",
        "Роутерди розеткадан сууруп, кайра сайыңыз,",
        "Жеке кабинетти ачып, эсептин абалын караңыз,",
    ),
    ("бул бир мүнөттөн ашпайт.", "мен линияда турам.", "ошондо себебин тезирээк табабыз."),
)
_ABOUT = ("Интернет", "Телевидение", "Роутер", "Тариф", "Счёт", "Оплата", "Переезд", "Скорость")
_TROUBLE = ("не работает", "прерывается", "нужно изменить", "нужно проверить", "непонятно")
_TITLES = ("Уточнить", "Проверить вместе", "Предложить решение", "Объяснить", "Подвести итог")
_WHEN = ("Согласен", "Не согласен", "Спрашивает, зачем", "Не знает", "Помогло")
_NEVER = ("Не знаю", "Может быть", "Вы должны", "Это не ко мне")


class _Maker:
    """Writes scenario files; remembers the Russian texts with their phrases."""

    def __init__(self) -> None:
        self.random = Random(_SEED)
        self.spoken: dict[str, str] = {}

    def scenario(self, number: int, phrases: int) -> tuple[str, str]:
        """The name of the file without its extension, and its text."""
        name = f"case-{number:04}"
        about, trouble = self.random.choice(_ABOUT), self.random.choice(_TROUBLE)
        lines = ["title:", f"  ru: {about} {trouble}, случай {number}", "interrupt: true"]
        lines += ["departments:", "  - support"] if number % 5 == 0 else []
        lines += ["caller:", "  ru:", f"    - У меня {about.lower()} {trouble}"]
        lines += [f"    - Почему {about.lower()} {trouble}?", f"source: слайд {number % 21 + 1}", "steps:"]
        for step in range(phrases):
            lines += self._step(name, step, phrases, hold=number % 3 == 0 and step == 1)
        return name, "\n".join(lines) + "\n"

    def _step(self, scenario: str, step: int, count: int, hold: bool) -> Iterator[str]:
        yield from (f"  step{step}:", "    title:", f"      ru: {_TITLES[step % len(_TITLES)]}")
        russian = f"{self._sentence(_RU)} Вопрос {scenario}, {step + 1}."
        self.spoken[f"{scenario}.step{step}"] = russian
        yield from ("    say:", f"      ru: {russian}", "      # черновик: перевод никем не утверждён")
        yield f"      ky: {self._sentence(_KY)} Суроо {scenario}, {step + 1}."
        if step % 2:
            yield from ("    do:", "      ru: Записать ответ клиента в карточку", "    never:", "      ru:")
            yield from (f"        - {words}" for words in self.random.sample(_NEVER, 2))
        if hold:
            yield from ("    clock: hold", "    late:", "      - step0")
        yield "    answers:"
        last = step == count - 1
        ways = ["return", "talk"] if last else [f"step{step + 1}", "closing.questions", "return"]
        for way, when in zip(ways, self.random.sample(_WHEN, len(ways)), strict=True):
            yield from ("      - when:", f"          ru: {when}", f"        go: {way}")
            yield from ("        enter: true",) if way == ways[0] else ()

    def _sentence(self, parts: tuple[tuple[str, ...], ...]) -> str:
        return " ".join(map(self.random.choice, parts))


def make(folder: Path, phrases: int = PHRASES, files: int = FILES) -> Path:
    """Write the base into a new folder; `files` are the scenarios, `phrases` the steps with words."""
    shutil.copytree(bundled(), folder)
    own, _ = load_sources(folder)
    free_files = files - len(own.scenarios)
    free_phrases = phrases - sum(step.say is not None for step in own.steps.values())
    maker = _Maker()
    for number in range(free_files):
        share = free_phrases * (number + 1) // free_files - free_phrases * number // free_files
        name, text = maker.scenario(number, share)
        (folder / SCENARIOS / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    ledger, _ = read_ledger(folder)
    for phrase, text in maker.spoken.items():
        if maker.random.random() < _APPROVED:
            at = "2026-11-22T12:00:00Z"
            ledger.add(Approval(text_hash(text), "ru", "Стандарт", at, phrase=phrase, words=text))
    write_ledger(folder, ledger)
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--phrases", type=int, default=PHRASES, help=f"default {PHRASES}")
    parser.add_argument("--files", type=int, default=FILES, help=f"default {FILES}")
    options = parser.parse_args()
    make(options.folder, options.phrases, options.files)
    base, problems = load_sources(options.folder)
    spoken = sum(step.say is not None for step in base.steps.values())
    print(f"{spoken} phrases in {len(base.scenarios)} files, {len(problems)} warnings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
