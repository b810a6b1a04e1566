"""Shared by all windows: settings, pipeline interface, controller, actions and background tasks."""
