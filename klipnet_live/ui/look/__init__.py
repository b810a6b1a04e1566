"""Appearance: themes, fonts, contrast and sizes."""
