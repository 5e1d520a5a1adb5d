"""Who is meant: substances, their names, and finding them in a text."""
