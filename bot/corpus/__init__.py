"""From documents to a snapshot, and what can be looked at in one."""
