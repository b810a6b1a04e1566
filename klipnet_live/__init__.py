"""KLipNet Live: live captions for video conferences, from lips and sound, on your own computer."""

import os

__version__ = "0.2.0.dev0"

# From version 1.29 on ONNX Runtime sends usage data to its vendor unless this is set before the import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
