"""Imports weights of the Keras LipNet."""
