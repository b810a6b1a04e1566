"""How well a network reads, in figures and pictures."""
