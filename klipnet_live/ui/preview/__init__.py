"""The preview of the source with its faces."""
