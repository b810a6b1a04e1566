"""Kept so that running work finds the landmarker; see faces."""
from klipnet_live.tracking.faces import Landmarker, bounding_box  # noqa: F401
