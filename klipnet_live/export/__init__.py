"""Captions of recordings as subtitle files and in copies of videos."""
