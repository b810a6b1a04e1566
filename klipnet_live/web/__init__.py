"""Web server for captioning recordings: uploads, a job queue, and captions over HTTP."""
