"""Training runs: epochs, optimisation, losses and checkpoints."""
