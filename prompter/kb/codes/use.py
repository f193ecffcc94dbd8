"""Codes about how the scripts are used: too long, too large, past, or unused."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

USE: dict[str, Code] = {
    "too-long-to-say": Code(
        N_("it takes about {seconds} s to say, the norm «{norm}» allows {limit} s"),
        N_("shorten the phrase or split it into two steps"),
        WARNING,
    ),
    "does-not-fit": Code(
        N_("the step takes {rows} lines in «{language}», a window of 60×40 has {room}"),
        N_("shorten the phrase, the duty or the answers, or split the step"),
        WARNING,
    ),
    "more-answers-than-digits": Code(
        N_("with the steps of `late` there are {n} answers, more than {most} digits"),
        N_("leave out some answers or steps of `late`"),
        WARNING,
    ),
    "notice-past": Code(
        N_("the last day, {until}, is over: operators no longer see this"),
        N_("delete it, or write a later `until`"),
        WARNING,
    ),
    "unused-norm": Code(
        N_("nothing uses the norm «{norm}»"),
        N_("name it in a `clock` or a `promise`, give it `asked` so that it is found, or delete it"),
        WARNING,
    ),
    "unused-word": Code(
        N_("no text uses the word «{word}»"),
        N_("write {{{word}}} where it belongs, or delete the word"),
        WARNING,
    ),
    "unused-mark": Code(
        N_("no step fulfils the duty «{mark}», and no outcome requires it"),
        N_("name it in `marks` of a step, or delete it"),
        WARNING,
    ),
}
