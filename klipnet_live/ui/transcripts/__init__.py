"""Transcripts: written while captions run, and shown in their own window."""
