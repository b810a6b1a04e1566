"""KLipNet Live: live captions for video conferences, read from the lips, on your own computer."""

__version__ = "0.1.0"
