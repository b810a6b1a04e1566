"""A talking portrait with exact ground truth: who spoke when, and which sound was where."""
