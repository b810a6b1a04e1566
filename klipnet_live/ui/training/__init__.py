"""Training a model of one's own from the window."""
