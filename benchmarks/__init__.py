"""Measurements of the program in a real pseudo-terminal, each beside a named reference."""
