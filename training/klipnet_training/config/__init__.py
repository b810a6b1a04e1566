"""Configuration of training runs: TOML files and typed values."""
