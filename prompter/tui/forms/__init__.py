"""Small forms and lists over the answers: they own letters and digits while they are open."""
