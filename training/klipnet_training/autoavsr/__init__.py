"""Imports the released lip-reading checkpoints of Auto-AVSR as model folders of the app."""
