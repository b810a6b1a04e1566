"""Where captions go: files, the transcript, pictures, the virtual camera, other programs."""
