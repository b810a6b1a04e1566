"""Sentences recorded to train a model with."""
