"""The texts of the interface in the user's language."""
