"""Faces in pictures, and who is who from one picture to the next."""
