"""From recordings to the ONNX models that the app loads."""
