"""Practice: what a trainee typed against what should be said, a call's mark, and what comes back when."""
