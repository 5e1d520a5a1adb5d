"""Reading a question: its disguises, its language, and what rules and wording see in it."""
