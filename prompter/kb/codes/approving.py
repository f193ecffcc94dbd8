"""Codes about approved texts, their ledger, and approving."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

APPROVING: dict[str, Code] = {
    # Texts
    "review-overdue": Code(
        N_("the approval of this text («{language}») was to be reviewed by {due}"),
        N_("read it once more and approve it anew: prompter approve"),
        WARNING,
    ),
    # The ledger
    "ledger-conflict": Code(
        N_("two versions of the approvals met in git and the merge was left undone"),
        N_("run prompter mend: it keeps every whole record of both"),
    ),
    "approval-damaged": Code(
        N_("the record of the phrase «{phrase}» was changed by hand: its seal does not fit"),
        N_("take the file back from git, or run prompter mend and approve that text again"),
    ),
    # Approving
    "not-an-approver": Code(
        N_("«{name}» does not approve texts in the language «{language}»"),
        N_("kb.yaml names who does, in `approvers`: {allowed}"),
    ),
    "nothing-to-revoke": Code(
        N_("no approval of the phrase «{phrase}» in the language «{language}» is in force"),
        N_("prompter pending shows what waits for approval"),
    ),
}
