"""Codes about the words themselves: letters, spelling, lists, translations."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

WORDS: dict[str, Code] = {
    # Letters and signs
    "mixed-letters": Code(
        N_("«{word}» mixes letters of two alphabets: «{letter}»"),
        N_("type the word anew"),
        WARNING,
    ),
    "odd-sign": Code(
        N_("the sign {sign} cannot be spoken"),
        N_("delete it or write it as a word"),
        WARNING,
    ),
    "plain-quotes": Code(
        N_("typewriter's quotes in a text"),
        N_("write «…»"),
        WARNING,
    ),
    "plain-dash": Code(
        N_("a hyphen instead of a dash"),
        N_("write – or —"),
        WARNING,
    ),
    # Spelling
    "misspelt": Code(
        N_("the dictionary does not know the word «{word}»"),
        N_("correct it; names and terms of your own stand in spelling.txt, one a line"),
        WARNING,
    ),
    "no-dictionary": Code(
        N_("the Russian dictionary is not installed: the spelling was not checked"),
        N_("install the program again: pip install --force-reinstall prompter"),
        WARNING,
    ),
    "kyrgyz-letters": Code(
        N_("«{word}» is written elsewhere with ң, ө or ү"),
        N_("type the word anew"),
        WARNING,
    ),
    "other-language": Code(
        N_("this text does not look like one in «{language}»"),
        N_("move it below its own language, or translate it"),
        WARNING,
    ),
    # Lists
    "line-twice": Code(
        N_("the line stands in this list already: «{line}»"),
        N_("delete one of the two"),
        WARNING,
    ),
    "same-caller-words": Code(
        N_("the scenario «{scenario}» has the same caller's words: «{words}»"),
        N_("leave them in one of the two, or say in each what tells them apart"),
        WARNING,
    ),
    "line-goes-on": Code(
        N_("this line is taken for a part of the one above: «{line}»"),
        N_("begin it with «- » under the dash above, or write both in one line"),
        WARNING,
    ),
    "cut-by-comment": Code(
        N_("the text ends before «{rest}»: # behind a space begins a comment"),
        N_("delete the sign, or put the whole text in double quotes; a comment has a space behind #"),
        WARNING,
    ),
    # Translations
    "words-differ": Code(
        N_("«{language}» has not the same words in braces as «{main}»: {words}"),
        N_("write them in both, or in neither"),
        WARNING,
    ),
    "translation-missing": Code(
        N_("the phrase has no text in «{language}»"),
        N_("add the line «{language}: text»; until a person approves it, it is a draft"),
        WARNING,
    ),
    "not-approved": Code(
        N_("{n} phrases in «{language}» are not approved: {phrases}"),
        N_("have them read by somebody who knows the language, then: prompter approve"),
        WARNING,
    ),
    "approval-lost": Code(
        N_("these words («{language}») are not those that were approved"),
        N_("put the approved ones back, or have the new ones approved: prompter approve"),
        WARNING,
    ),
}
