"""The text of captions: lines, what is on the screen, line breaks, cues, rows and the painter."""
