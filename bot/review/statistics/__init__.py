"""What happened by day, as numbers that tell nothing of one person, and as charts."""
