"""The web page for recordings: uploads, a queue of jobs, captions by HTTP."""
