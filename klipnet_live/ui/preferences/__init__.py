"""The settings dialog. Every change applies at once."""
