"""Names of substances: those that ship, those that pages give, and finding them in a text."""
