"""What ranks passages beside words and vectors, and when to say that nothing answers."""
