"""The command-line programs of training, one file each."""
