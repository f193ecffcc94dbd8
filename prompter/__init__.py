"""Prompter: runs beside an operator's softphone and always shows what to say next."""

__version__ = "0.1.0"
