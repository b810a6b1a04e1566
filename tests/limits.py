"""How well the released models have to read: the one place where that is set. Fractions of words."""

GRID_WER = 0.15
"""Second reading of clips of the validation split."""

SCREEN_WER = 0.35
"""The same clips, played by a video player and captured from the screen."""

DEMO_WER = 0.1
"""The bundled demo."""
