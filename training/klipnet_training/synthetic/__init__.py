"""Renders synthetic talkers with exact ground truth: speakers, words and sounds with their times."""
