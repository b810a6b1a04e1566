"""Batch processing: tasks that run in processes on this computer or on a cluster."""
