"""Subcommands of `klipnet-live`."""
