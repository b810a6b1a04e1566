"""What each word after `klipnet-live` does."""
