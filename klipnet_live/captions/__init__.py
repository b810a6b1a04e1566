"""Caption text: lines, captions on screen, line breaks, cues, rows and the painter."""
