"""Practice: the same calls with a simulated caller, their marking, and what to drill next."""
