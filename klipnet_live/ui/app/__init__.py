"""The application: its windows, its settings and its pipeline, joined."""
