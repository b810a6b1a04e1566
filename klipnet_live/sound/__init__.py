"""Sound: sources, voice activity detection, speech recognisers and their models."""
