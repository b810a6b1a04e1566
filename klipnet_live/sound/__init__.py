"""What is heard: sources of sound, voice activity, recognisers and their models."""
