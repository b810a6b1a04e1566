"""Caption outputs besides the window, one module per kind."""
