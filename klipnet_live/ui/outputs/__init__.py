"""Captions in other programs: what the user wants of it, and how it goes."""
