"""Many recordings: tasks that run in processes of this computer, or on the machines of a cluster."""
