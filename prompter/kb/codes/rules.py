"""Codes about broken rules of calls or the company in a usable base: only `prompter check` reports them."""

from __future__ import annotations

from prompter.kb.codes.code import ERROR, N_, Code

RULES: dict[str, Code] = {
    "endless-circle": Code(
        N_("the answers only lead round in a circle: {steps}"),
        N_("add an answer that leaves it: to another step, to `talk`, to a step with `end`"),
        ERROR,
    ),
    "interrupt-no-return": Code(
        N_("the interrupt «{scenario}» never returns to the call it broke into"),
        N_("add an answer with `go: return`, or delete `interrupt`"),
        ERROR,
    ),
    "promise-no-contact": Code(
        N_("the step «{step}» promises a call back, and nobody writes down whom to call"),
        N_("lead to it, or from it, through a step with `promise`"),
        ERROR,
    ),
    "norm-out-of-bounds": Code(
        N_("the norm «{norm}» is out of bounds: from {least} to {most}"),
        N_("check the number and its unit"),
        ERROR,
    ),
    "forbidden-in-phrase": Code(
        N_("the phrase says «{text}», which is forbidden: {expression}"),
        N_("say it otherwise, or add the exception to `unless` in forbidden.yaml"),
        ERROR,
    ),
    "broken-record": Code(
        N_("the approval of «{phrase}» is broken: `{field}` cannot be «{value}»"),
        N_("approvals.yaml is written by the program alone: delete the record and approve the text again"),
        ERROR,
    ),
}
