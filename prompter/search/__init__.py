"""Finds what fits the words that an operator types."""
