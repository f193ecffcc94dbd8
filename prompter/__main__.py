"""`prompter`, and `python -m prompter`: the phone's client, or everything else.

A phone starts `prompter call …` at every event: it must not wait for the command line's own imports.
"""

import sys


def main() -> int:
    """Run what the arguments ask for; returns the exit code."""
    if sys.argv[1:2] != ["call"]:
        from prompter.cli import main as command_line

        return command_line()
    from prompter.phone.client import DONE, tell

    try:
        result = tell(sys.argv[2:])
    except KeyboardInterrupt:
        return 130
    if result == DONE:
        return 0
    from prompter.commands.call import say

    return say(result)


if __name__ == "__main__":
    sys.exit(main())
