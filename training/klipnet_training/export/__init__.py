"""Trained networks as ONNX model folders."""
