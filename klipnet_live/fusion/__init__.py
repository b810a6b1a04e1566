"""Fusion of lips and sound: who speaks, and what is said. Pure numpy: no devices, no Qt."""
