"""What moderators say about rows of the queue: given, given to many, and taken back."""
