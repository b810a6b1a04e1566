"""Captions of a recording, saved as a file."""
