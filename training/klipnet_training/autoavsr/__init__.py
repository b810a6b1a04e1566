"""Auto-AVSR's released lip readers, read from their checkpoints and turned into model folders of the app."""
