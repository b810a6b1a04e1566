"""Mouth crops in, caption events out."""
