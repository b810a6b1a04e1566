"""The “My phrases” feature: users record phrases once, and the app then recognises them from the lips."""
