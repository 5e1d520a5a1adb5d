"""What counts as personal data in a question: one module a kind of it."""
