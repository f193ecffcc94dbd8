"""A package of its own: one of the libraries brings a `tests` that would else be found in its place."""
