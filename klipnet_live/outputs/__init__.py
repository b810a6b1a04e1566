"""Where captions go besides the window: one file for each kind of output."""
