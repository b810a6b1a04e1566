"""Training a personal model from the window."""
