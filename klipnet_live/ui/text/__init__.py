"""Interface texts and their translation."""
