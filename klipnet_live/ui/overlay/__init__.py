"""The caption overlay, on top of all other windows."""
