"""Transcripts stored on this computer."""
