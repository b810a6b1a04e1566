"""What was said, kept on this computer."""
