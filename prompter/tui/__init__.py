"""Screens and widgets: they draw the state and turn keys into actions. No rule of a call lives here."""
