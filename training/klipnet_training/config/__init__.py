"""What a training run is, as TOML files and values."""
