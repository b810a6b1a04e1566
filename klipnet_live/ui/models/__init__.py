"""Choosing a model and phrases."""
