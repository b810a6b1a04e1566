"""The diagnostics dialog: what is missing on this computer, and how to fix it."""
