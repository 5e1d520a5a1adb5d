"""Which passages answer, in which order, and whether anything answers at all."""
