"""`view(state, …)`: what the screen shows of a state at a moment. Pure, and free of interface words."""

from prompter.call.view.desk import view
from prompter.call.view.parts import DeskView

__all__ = ["DeskView", "view"]
