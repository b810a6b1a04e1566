"""Mouth geometry, crops and alphabets, shared by the app and the training code."""
