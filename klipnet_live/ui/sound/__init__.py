"""Controls for sound: source, level and speech recognition models."""
