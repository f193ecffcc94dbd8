"""The screens of practice: the operator's own with a caller, the replay of a drill, what to drill."""
