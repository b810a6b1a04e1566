"""Turns recordings into the ONNX models that the app loads."""
