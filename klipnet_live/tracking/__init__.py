"""Face tracking: finds faces and identifies them from frame to frame."""
