"""`python -m prompter`."""

import sys

from prompter.cli import main

sys.exit(main())
