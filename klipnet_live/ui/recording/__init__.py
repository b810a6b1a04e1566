"""Recording sentences for training."""
