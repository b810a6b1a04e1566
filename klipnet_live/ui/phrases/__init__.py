"""“My phrases”: shown once, then read from the lips."""
