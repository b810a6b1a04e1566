"""Media files: opened with PyAV, and their times made steady."""
