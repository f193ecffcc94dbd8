"""What only `prompter check` looks for: these never run when a base is loaded, and cost a start nothing.

A check is a function from what the files say (`Seen`) to problems. One module holds a family of them and
stands in `registry.LINTS`; its codes stand in `kb/codes/`, each with a page in `kb/codes/pages/`. None of
them blocks loading, so that a new one never makes a base unusable overnight.
"""
