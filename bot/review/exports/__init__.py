"""Records as files, without personal data and without amounts."""
