"""What ranks passages beside words and vectors: headings, form of text, fitted weights."""
