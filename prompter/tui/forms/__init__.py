"""Small forms and lists over the answers: they take letters and digits while they are open."""
