"""Records as rows in the order in which they matter: found, filtered, claimed and looked at."""
