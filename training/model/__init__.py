"""How the shipped model was made: a dictionary grafted onto an English sentence encoder."""
