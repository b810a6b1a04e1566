"""What is missing on this computer, and how to mend it."""
