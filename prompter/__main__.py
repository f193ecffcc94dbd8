"""`prompter`, and `python -m prompter`: the phone's client, or everything else.

A phone starts `prompter call …` at every event: it must not wait for the command line's own imports.
"""

import sys


def main() -> int:
    """Run what the arguments ask for; the exit code."""
    if sys.argv[1:2] != ["call"]:
        from prompter.cli import main as command_line

        return command_line()
    from prompter.phone.client import DONE, tell

    try:
        told = tell(sys.argv[2:])
    except KeyboardInterrupt:
        return 130
    if told == DONE:
        return 0
    from prompter.commands.call import say

    return say(told)


if __name__ == "__main__":
    sys.exit(main())
