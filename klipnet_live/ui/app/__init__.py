"""Assembles the application: windows, settings and pipeline."""
