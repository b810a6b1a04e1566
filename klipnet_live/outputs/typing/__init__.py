"""Captions typed into other programs, by the keyboard of each system."""
