"""Captions in a window of their own, over everything else."""
