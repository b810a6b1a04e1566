"""The first steps: language, source, one's own mouth, privacy."""
