"""From what was found to an answer: fixed words, contacts, quotations, safety, the gate."""
