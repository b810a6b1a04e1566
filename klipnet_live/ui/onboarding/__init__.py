"""The guide for first-time users: language, privacy, first captions."""
