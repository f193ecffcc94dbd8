"""Codes about comments that silence a problem."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

SILENCES: dict[str, Code] = {
    "silence-no-reason": Code(
        N_("«{silenced}» is silenced without a reason"),
        N_("write why after a dash; until then the problem is told"),
        WARNING,
    ),
    "silence-unknown-code": Code(
        N_("there is no problem «{name}» to silence"),
        N_("the codes stand in square brackets; all of them: prompter explain"),
        WARNING,
    ),
    "silence-blocking": Code(
        N_("«{silenced}» cannot be silenced: a base with it is not loaded"),
        N_("mend the problem and delete the comment"),
        WARNING,
    ),
    "silence-unused": Code(
        N_("there is no «{silenced}» here to silence"),
        N_("delete the comment"),
        WARNING,
    ),
}
