"""Sentences that are recorded to train with."""
