"""Codes about a file and how it is written, whatever it says."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

WRITING: dict[str, Code] = {
    # Files
    "no-file": Code(
        N_("there is no file «{name}»"),
        N_("the folder of a base must hold it"),
    ),
    "unreadable-file": Code(
        N_("the file cannot be read: {reason}"),
        N_("check that it is not open elsewhere and may be read"),
    ),
    "not-a-file": Code(
        N_("this is not a file"),
        N_("a folder, a pipe or a device bears this name: remove it"),
    ),
    "unreadable-folder": Code(
        N_("the folder cannot be read"),
        N_("check that it is a folder and that you may open it"),
    ),
    "too-many-files": Code(
        N_("there are more than {most} files here"),
        N_("leave only scripts in this folder"),
    ),
    "base-too-large": Code(
        N_("all files together are larger than {limit} MB"),
        N_("look for what is not scripts and remove it"),
    ),
    "file-too-large": Code(
        N_("the file is larger than {limit} MB"),
        N_("split it into several"),
    ),
    "too-many-values": Code(
        N_("the file holds more than {most} values"),
        N_("split it into several"),
    ),
    "bad-file-name": Code(
        N_("a file cannot be called «{name}»"),
        N_("use letters, digits and hyphens, for example inaudible.yaml"),
    ),
    "ignored-file": Code(
        N_("the file is not read"),
        N_("a scenario lies in scenarios/, an article in articles/, and its name ends in .yaml"),
        WARNING,
    ),
    "empty-file": Code(
        N_("the file is empty"),
        N_("write something in it, or delete the file"),
    ),
    "not-utf8": Code(
        N_("the file is not saved as UTF-8"),
        N_("save it again with the encoding UTF-8"),
    ),
    "not-a-mapping": Code(
        N_("the file must consist of fields like «title:»"),
        N_("begin with a field's name and a colon"),
    ),
    # Writing
    "control-character": Code(
        N_("a control or reversing character {char} hides here"),
        N_("delete it and type the text anew"),
    ),
    "invisible-character": Code(
        N_("an invisible character {char} hides here"),
        N_("the program leaves it out; better delete it"),
        WARNING,
    ),
    "nbsp-indent": Code(
        N_("the line is indented with no-break spaces"),
        N_("replace them with plain spaces"),
    ),
    "nbsp-colon": Code(
        N_("a no-break space stands after the colon"),
        N_("replace it with a plain space"),
    ),
    "tab-indent": Code(
        N_("the line is indented with a tab"),
        N_("replace the tab with spaces"),
    ),
    "colon-in-text": Code(
        N_("a colon and a space inside a text"),
        N_("put the whole text in double quotes"),
    ),
    "missing-colon": Code(
        N_("there is no colon after the field's name"),
        N_("write «name:» and the value after a space"),
    ),
    "missing-dash": Code(
        N_("there is no dash before this line of a list"),
        N_("begin it with «- », as its neighbours begin"),
    ),
    "bad-indent": Code(
        N_("the line does not stand under its neighbours"),
        N_("align it with the lines of the same level; a long text goes in quotes"),
    ),
    "list-on-same-line": Code(
        N_("a list begins on the line of its name"),
        N_("begin each item on a new line with «- »"),
    ),
    "brace-text": Code(
        N_("a text begins with a brace"),
        N_("put the whole text in double quotes"),
    ),
    "comma-in-braces": Code(
        N_("the text in braces is cut off at the comma before «{text}»"),
        N_("write each language on its own line, without braces"),
    ),
    "unclosed-quote": Code(
        N_("the quote that opens here is not closed"),
        N_("put the same quote at the text's end"),
    ),
    "text-after-quote": Code(
        N_("something stands after the closing quote"),
        N_("put the whole text in quotes; inside use «»"),
    ),
    "unclosed-bracket": Code(
        N_("the bracket that opens here is not closed"),
        N_("close it, or write the list line by line"),
    ),
    "bad-escape": Code(
        N_("a backslash stands before an unknown sign"),
        N_("delete the backslash or use single quotes"),
    ),
    "bad-start": Code(
        N_("a text may not begin with this sign"),
        N_("put the whole text in double quotes"),
    ),
    "anchor": Code(
        N_("the signs & and * have a special meaning at a text's start"),
        N_("put the whole text in double quotes"),
    ),
    "tag": Code(
        N_("the sign ! has a special meaning at a text's start"),
        N_("put the whole text in double quotes"),
    ),
    "several-documents": Code(
        N_("a second document begins here"),
        N_("delete the line «---»"),
    ),
    "duplicate-key": Code(
        N_("«{field}» is already written on line {line}"),
        N_("keep one of them"),
    ),
    "key-not-text": Code(
        N_("a name must be a plain text"),
        N_("write «name:» without brackets"),
    ),
    "too-deep": Code(
        N_("too many levels of nesting"),
        N_("check the brackets and the indents"),
    ),
    "yaml-syntax": Code(
        N_("this line cannot be understood"),
        N_("compare its indent, colons and quotes with the lines above"),
    ),
}
