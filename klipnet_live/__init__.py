"""KLipNet Live: live captions for video conferences, from lips and sound, on your own computer."""

import os

__version__ = "0.2.0.dev0"

# ONNX Runtime from 1.29 on sends usage data to its maker unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
