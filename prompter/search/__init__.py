"""Finds what matches the words an operator types."""
