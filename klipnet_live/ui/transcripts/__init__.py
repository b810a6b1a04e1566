"""What was said, kept on this computer: written while captions run, looked at afterwards."""
