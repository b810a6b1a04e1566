"""Records sentences as training data."""
