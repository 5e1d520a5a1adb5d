"""The pages on which moderators work."""
