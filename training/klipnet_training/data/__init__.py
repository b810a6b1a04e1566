"""Turns dataset folders into batches of augmented mouth clips."""
