"""Recording the user: sentences to train a model with, and takes of phrases."""
