"""Captioning a recording to a file."""
