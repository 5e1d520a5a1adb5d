"""The commands of `safepassage`, by what they work on."""
