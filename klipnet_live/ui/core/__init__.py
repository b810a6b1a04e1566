"""What every window builds on: settings, the pipeline's port, the controller and background questions."""
