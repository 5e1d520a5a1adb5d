"""Telling a site's owner at once, without any text, that something happened."""
