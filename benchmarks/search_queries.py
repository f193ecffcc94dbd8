"""Makes further query sets like those of `search-bench`, from any corpus and seed.

    python -m benchmarks.search_queries BENCH_DIR --seed 7 [--texts 500] [--only typo,broken] >
    queries_7.jsonl

Each line is a query with what counts as right (`need`: words that an entry must contain; `starts`: how it
must begin), as `oracle.py` reads it. `broken` is a class of its own: a slip in the first letter, words glued
or split, a brand typed in the other layout. Inflection needs pymorphy3, which is not one of our dependencies:
without it that class and the sentences are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
TO_ENGLISH = str.maketrans(RUSSIAN + "ңөү", ENGLISH + "yje")
TO_RUSSIAN = str.maketrans(ENGLISH, RUSSIAN)
LOOKS = str.maketrans("aceopxyk", "асеорхук")
PLAIN_KYRGYZ = str.maketrans("ңөү", "ноу")
NEIGHBOURS = {
    a: RUSSIAN[max(0, i - 1)] + RUSSIAN[min(len(RUSSIAN) - 1, i + 1)] for i, a in enumerate(RUSSIAN)
}
ROMAN = {
    "ж": ("zh", "j"), "х": ("kh", "h", "x"), "ц": ("ts", "c"), "ч": ("ch",), "ш": ("sh",),
    "щ": ("shch", "sch"), "ъ": ("",), "ы": ("y", "i"), "ь": ("", "'"), "э": ("e",), "ю": ("yu", "ju", "iu"),
    "я": ("ya", "ja", "ia"), "й": ("y", "j", "i"), "ң": ("ng", "n"), "ө": ("o",), "ү": ("u",),
    "в": ("v", "w"), "ё": ("e", "yo"), "к": ("k",), "у": ("u",), "и": ("i",),
} | {a: (b,) for a, b in zip("абгдезлмнопрстф", "abgdezlmnoprstf", strict=True)}  # fmt: skip
ROOTS = (
    "роутер", "төлөм", "маалымат", "адис", "келишим", "кеңсе", "канал", "кызмат", "номер", "ылдамдык",
    "түзмөк", "жетекчи", "бөлүм", "пенсионер", "оператор", "код", "билдирүү", "карта", "паспорт",
    "жабдуу", "байланыш", "интернет", "тариф", "суроо", "арыз", "баланс", "компания",
)  # fmt: skip
VERBS = (
    "текшер", "такта", "калтыр", "кайрыл", "туташтыр", "өчүр", "күйгүз", "алмаштыр", "угуп", "чал", "күт",
    "иште", "төлө",
)  # fmt: skip
OPENINGS = (
    "алло девушка", "скажите а", "ну вот", "слушайте почему у меня", "я хотел узнать", "а если",
    "здравствуйте",
)  # fmt: skip
CLASSES = (
    "prefix", "multiprefix", "typo", "layout", "translit", "kyfold", "kyinflect", "reorder", "mixed",
    "inflect", "broken", "sentence",
)  # fmt: skip

Query = dict[str, Any]


def words_of(text: str) -> list[str]:
    """The words of a text as the oracle splits them, but keeping Kyrgyz letters."""
    words = re.findall(r"\w+", text.lower().replace("ё", "е"))
    return [word.translate(LOOKS) if re.search("[а-я]", word) else word for word in words]


def need(words: list[str], cut: int = -1) -> list[dict[str, Any]]:
    """What an entry must contain: all the words, the one at `cut` as a beginning."""
    return [{"forms": [word], "prefix": i == cut} for i, word in enumerate(words)]


class Maker:
    """Draws queries from the texts of a corpus."""

    def __init__(self, rows: list[dict[str, Any]], seed: int) -> None:
        self.random = random.Random(seed)
        rows = [row for row in rows if len(words_of(row["text"])) >= 2]
        self.texts = [words_of(row["text"]) for row in rows]
        self.scenarios = [row["scenario"] for row in rows]
        self.kyrgyz = [words for words in self.texts if re.search("[ңөү]", " ".join(words))]
        self.known = {word for words in self.texts for word in words}

    def run(self, low: int = 1, high: int = 4, among: list[list[str]] | None = None) -> list[str]:
        """Some neighbouring words, at least one of them longer than four letters."""
        while True:
            words = self.random.choice(among or self.texts)
            start = self.random.randrange(len(words))
            taken = words[start : start + self.random.randint(low, high)]
            if len(taken) >= low and any(len(word) > 4 for word in taken):
                return taken

    def slip(self, word: str, first: bool = False) -> str:
        """One slip: a letter lost, another one inserted, replaced or swapped with the next."""
        at = 0 if first else self.random.randrange(len(word))
        letter = self.random.choice(NEIGHBOURS.get(word[at], "а") + self.random.choice(RUSSIAN[:32]))
        kind = self.random.randrange(4)
        if kind == 0 and len(word) > 3:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + letter + word[at:]
        if kind == 2 and at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + letter + word[at + 1 :]

    def slips(self, words: list[str]) -> list[str]:
        """One or two slips in one or two of the words, the longer ones first."""
        words = list(words)
        long = [at for at, word in enumerate(words) if len(word) > 3]
        for at in self.random.sample(long, min(len(long), self.random.choice((1, 1, 2)))) or [0]:
            for _ in range(self.random.choice((1, 1, 2)) if len(words[at]) > 6 else 1):
                words[at] = self.slip(words[at])
        return words

    def romanise(self, text: str) -> str:
        """Latin letters, one scheme for the whole query."""
        pick = {letter: self.random.choice(ways) for letter, ways in ROMAN.items()}
        return "".join(pick.get(letter, letter) for letter in text)

    def cut(self, word: str, low: int = 3) -> str:
        """The beginning of a word."""
        return word[: self.random.randint(min(low, len(word)), max(low, min(len(word), 6)))]

    # The classes

    def prefix(self) -> Query:
        """How an entry begins, the last word unfinished."""
        words = self.random.choice(self.texts)[: self.random.randint(1, 3)]
        words[-1] = words[-1][: max(1, len(words[-1]) - self.random.randrange(6))]
        if len("".join(words)) < 4:
            return self.prefix()
        return {"q": " ".join(words), "starts": " ".join(words)}

    def multiprefix(self) -> Query:
        """The beginnings of two or three words."""
        words = [word for word in self.run(3, 7) if len(word) > 2][:3]
        if len(words) < 2:
            return self.multiprefix()
        cuts = [word[: self.random.choice((3, 3, 4))] for word in words]
        return {"q": " ".join(cuts), "need": [{"forms": [c], "prefix": True} for c in cuts]}

    def typo(self) -> Query:
        """Slips in adjacent words."""
        words = self.run(1, 4)
        return {"q": " ".join(self.slips(words)), "need": need(words)}

    def layout(self) -> Query:
        """Typed with the English layout on."""
        words = self.run(1, 4)
        return {"q": " ".join(words).translate(TO_ENGLISH), "need": need(words)}

    def translit(self) -> Query:
        """Typed in Latin letters."""
        words = self.run(1, 4)
        return {"q": self.romanise(" ".join(words)), "need": need(words)}

    def kyfold(self) -> Query:
        """Kyrgyz without its own letters."""
        words = self.run(1, 4, self.kyrgyz)
        return {"q": " ".join(words).translate(PLAIN_KYRGYZ), "need": need(words)}

    def reorder(self) -> Query:
        """Words in another order."""
        words = [word for word in self.run(3, 6) if len(word) > 3]
        self.random.shuffle(words)
        return {"q": " ".join(words), "need": need(words)} if len(words) > 1 else self.reorder()

    def kyinflect(self) -> Query:
        """A Kyrgyz noun, and a verb beside it, with other endings."""
        one = self.random.choice([w for w in ROOTS if any(k.startswith(w) for k in self.known)])
        for words in self.random.sample(self.kyrgyz, min(400, len(self.kyrgyz))):
            verbs = [v for v in VERBS if any(w.startswith(v) for w in words)]
            if verbs and any(w.startswith(one) for w in words):
                other = self.random.choice(verbs)
                q = f"{one}{suffix(one, self.random)} {other}{suffix(other, self.random, verb=True)}"
                return {
                    "q": q,
                    "need": [{"forms": [one], "prefix": True}, {"forms": [other], "prefix": True}],
                }
        return {"q": one + suffix(one, self.random), "need": [{"forms": [one], "prefix": True}]}

    def inflect(self) -> Query:
        """Russian words in other forms."""
        words = [word for word in self.run(1, 4) if len(word) > 2][:3]
        forms = [self.forms(word) for word in words]
        if not any(len(f) > 3 for f in forms):
            return self.inflect()
        q = " ".join(self.random.choice(f) for f in forms)
        return {"q": q, "need": [{"forms": [w.replace("ё", "е") for w in f], "prefix": False} for f in forms]}

    def forms(self, word: str) -> list[str]:
        """All forms of a Russian word; the word alone if it is unknown."""
        parsed = morph().parse(word)[0]
        if not parsed.is_known:
            return [word]
        return sorted({form.word for form in parsed.lexeme if len(form.word) < len(word) + 6})

    def sentence(self) -> Query:
        """A caller's sentence: words of a line in other forms, among words that no line contains."""
        at = self.random.randrange(len(self.texts))
        words = [word for word in self.texts[at] if len(word) > 2]
        if len(words) < 4 or not self.scenarios[at] or self.scenarios[at] == "rules":
            return self.sentence()
        kept = sorted(self.random.sample(range(len(words)), self.random.randint(3, min(5, len(words)))))
        said = [self.random.choice([words[i], words[i], *self.forms(words[i])]) for i in kept]
        opening = self.random.choice(OPENINGS)
        return {"q": " ".join([*opening.split(), *said]), "scenario": self.scenarios[at]}

    def mixed(self) -> Query:
        """Two of these at once."""
        words = self.run(1, 3)
        kind = self.random.randrange(7)
        cut = len(words) - 1
        if kind < 4:
            last = [*words[:-1], self.cut(words[-1], 4)]
            goal = need(last, cut)
            made = (
                " ".join(last).translate(TO_ENGLISH),
                self.romanise(" ".join(last)),
                " ".join([*self.slips(words[:-1]), last[-1]]) if cut else last[0],
                self.romanise(" ".join([*self.slips(words[:-1]), last[-1]]))
                if cut
                else self.romanise(last[0]),
            )
            return {"q": made[kind], "need": goal}
        goal = need(words)
        slipped = self.slips(words)
        if kind == 4:
            return {"q": " ".join(slipped).translate(TO_ENGLISH), "need": goal}
        if kind == 5:
            return {"q": self.romanise(" ".join(slipped)), "need": goal}
        self.random.shuffle(slipped)
        return {"q": " ".join(slipped), "need": goal}

    def broken(self) -> Query:
        """A slip in the first letter, words glued or split, a brand in the other layout."""
        words = self.run(1, 3)
        kind = self.random.randrange(4)
        latin = [w for w in self.known if re.fullmatch("[a-z]{4,}", w)]
        if kind == 0:
            at = max(range(len(words)), key=lambda i: len(words[i]))
            broken = [self.slip(w, first=True) if i == at else w for i, w in enumerate(words)]
            return {"q": " ".join(broken), "need": need(words), "kind": "first"}
        if kind == 1:
            words = self.run(2, 3)
            at = self.random.randrange(len(words) - 1)
            return {
                "q": " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]),
                "need": need(words),
                "kind": "glued",
            }
        if kind == 2:
            at = max(range(len(words)), key=lambda i: len(words[i]))
            where = self.random.randrange(2, len(words[at]) - 1)
            parts = [*words[:at], words[at][:where], words[at][where:], *words[at + 1 :]]
            return {"q": " ".join(parts), "need": need(words), "kind": "split"}
        word = self.random.choice(latin)
        near = [w for words in self.texts if word in words for w in words]
        taken = [word] + ([self.random.choice(near)] if self.random.random() < 0.4 else [])
        return {
            "q": taken[0].translate(TO_RUSSIAN) + "".join(" " + w for w in taken[1:]),
            "need": need(taken),
            "kind": "reverse",
        }


def suffix(root: str, chance: random.Random, verb: bool = False) -> str:
    """A Kyrgyz ending in harmony with the root's last vowel."""
    vowel = next((c for c in reversed(root) if c in "аеёиоөуүыэюя"), "а")
    a, y = {"а": "аы", "ы": "аы", "я": "аы", "у": "ау", "ю": "ау", "о": "оу"}.get(
        vowel, {"ө": "өү", "ү": "өү"}.get(vowel, "еи")
    )
    nouns = ("л{a}р", "л{a}рд{y}", "{y}м", "{y}ңызд{y}", "д{a}", "г{a}", "нын", "л{a}рг{a}", "л{a}рд{y}н")
    verbs = ("г{a}н", "д{y}м", "{y}п", "б{a}йт", "г{y}л{a}", "с{a}", "{a}м", "{a}б{y}з", "уу")
    return chance.choice(verbs if verb else nouns).format(a=a, y=y)


@cache
def morph() -> Any:
    """The analyser of Russian, created once; None if it is not installed."""
    try:
        import pymorphy3
    except ImportError:
        return None
    return pymorphy3.MorphAnalyzer()


def made(maker: Maker, name: str, count: int) -> Iterator[Query]:
    """`count` queries of one class, without duplicates."""
    make: Callable[[], Query] = getattr(maker, name)
    seen: set[str] = set()
    while len(seen) < count:
        query = make()
        if query["q"] not in seen:
            seen.add(query["q"])
            goal = query.get("need") and [
                {"forms": [form.replace("ё", "е") for form in one["forms"]], "prefix": one["prefix"]}
                for one in query["need"]
            ]
            yield {**query, "cat": name, "id": f"{name}-{len(seen):02}"} | ({"need": goal} if goal else {})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bench", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--texts", type=int, default=500, help="draw from so many first entries")
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench))
    from gen import make_corpus  # type: ignore[import-not-found]

    maker = Maker(make_corpus(args.texts), args.seed)
    for name in args.only.split(",") if args.only else CLASSES:
        if name in ("inflect", "sentence") and morph() is None:
            print(f"no pymorphy3: no {name}", file=sys.stderr)
            continue
        for query in made(maker, name, args.count):
            print(json.dumps(query, ensure_ascii=False))


if __name__ == "__main__":
    main()
