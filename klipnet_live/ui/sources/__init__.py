"""Choosing the video source: a device, a region of the screen or a file."""
