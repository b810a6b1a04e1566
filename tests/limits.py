"""Required accuracy of the released models, as word error rates: the one place where limits are set."""

GRID_WER = 0.15
"""Final text of clips of the validation split."""

SCREEN_WER = 0.35
"""The same clips, played by a video player and captured from the screen."""

DEMO_WER = 0.1
"""The bundled demo."""
