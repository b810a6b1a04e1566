"""Choosing a model and the sentences of a meeting."""
