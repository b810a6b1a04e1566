"""The caption panel: list model, line painter, list view, and the speakers' names."""
