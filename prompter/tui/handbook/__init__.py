"""The handbook on screen: what is chosen (`browsing`), how it is drawn (`lines`), its keys (`screen`)."""
