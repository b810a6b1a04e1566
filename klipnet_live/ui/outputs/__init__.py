"""Captions in other programs: outputs selected in the settings, and their state."""
