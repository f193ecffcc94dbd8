"""Checks that only `prompter check` runs: they never run when a base is loaded, so starting stays fast.

A check is a function from the content of the files (`Seen`) to problems. Each module has a family of them and
is listed in `registry.LINTS`; the codes are in `kb/codes/`, each with a page in `kb/codes/pages/`. None of
them blocks loading, so a new one never makes a base unusable overnight.
"""
