"""Words: finding many of them in a text, topics, and the ordinary words of two languages."""
