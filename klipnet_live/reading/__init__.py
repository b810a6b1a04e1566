"""Lip reading: mouth crops in, caption events out."""
