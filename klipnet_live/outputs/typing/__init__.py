"""Types captions into other programs, with an implementation for each system."""
