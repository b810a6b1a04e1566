"""Media files: opening with PyAV, and correction of their timestamps."""
