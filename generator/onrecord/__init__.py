"""On Record: a public response log and status page."""
