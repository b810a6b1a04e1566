"""Runs the stages from a source to captions on threads."""
