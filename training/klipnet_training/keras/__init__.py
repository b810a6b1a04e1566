"""Weights of the Keras LipNet, read and turned into a run of this project."""
