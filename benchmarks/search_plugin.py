"""The product's search as a plug-in of `search-bench`: `python bench.py path/to/search_plugin.py
--keystrokes`."""

from __future__ import annotations

from typing import Any

from prompter.search.index import Entry, Index
from prompter.search.index import build as build_index
from prompter.search.rank import rank


def build(corpus: list[dict[str, Any]]) -> Index:
    return build_index(
        Entry(row["id"], row["text"], row["lang"], row["kind"], row["scenario"]) for row in corpus
    )


def search(index: Index, query: str, k: int) -> list[int]:
    return [int(hit.entry.id) for hit in rank(index, query, limit=k)]
