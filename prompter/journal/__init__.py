"""Keeps events on this disk (SQLite) and reads them back."""
