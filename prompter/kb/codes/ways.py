"""What may be wrong with the ways through the steps; found by `prompter check` alone."""

from __future__ import annotations

from prompter.kb.codes.code import ERROR, N_, Code

WAYS: dict[str, Code] = {
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
}
