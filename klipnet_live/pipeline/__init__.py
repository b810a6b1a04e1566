"""From a source to captions on threads. Threads live here only."""
