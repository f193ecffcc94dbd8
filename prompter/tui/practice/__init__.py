"""The screens of practice: the operator's own with a caller, what a drill was worth, what to drill."""
