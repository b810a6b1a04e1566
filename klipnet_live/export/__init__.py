"""Captions of recordings as files: subtitles, and copies of videos with captions."""
