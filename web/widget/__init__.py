"""The element that other people's pages embed: plain modules, joined when the server starts."""
