"""Evaluation of networks: scores and plots."""
