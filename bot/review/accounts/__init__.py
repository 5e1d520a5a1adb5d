"""Who may log in, by password and second factor, and for how long."""
