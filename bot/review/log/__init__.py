"""What is kept of a question, how it is written, and how it is deleted on its day."""
