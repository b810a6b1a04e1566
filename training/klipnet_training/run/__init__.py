"""Training runs: epochs, weights, losses, checkpoints."""
