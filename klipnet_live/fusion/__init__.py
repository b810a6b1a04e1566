"""Who speaks, and what was said, from lips and sound together. Pure: no device, no library, no window."""
