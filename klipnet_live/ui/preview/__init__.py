"""The picture that is read, with its faces."""
