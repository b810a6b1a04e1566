"""What is heard beside the picture: its choice, its level, and the models that it needs."""
