"""What can happen in a call: events, and pure functions from events to the call's state."""
