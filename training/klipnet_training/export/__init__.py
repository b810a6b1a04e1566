"""Exports trained networks as ONNX model folders."""
