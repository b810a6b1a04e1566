"""From dataset folders to batches of augmented mouth clips."""
