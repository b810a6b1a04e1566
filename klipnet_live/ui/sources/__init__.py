"""Choosing what to read from: devices, a region of the screen, a file."""
