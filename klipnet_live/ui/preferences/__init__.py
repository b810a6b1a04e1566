"""The settings dialog. Changes apply immediately."""
