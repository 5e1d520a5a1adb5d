"""What every way in shares: settings, security, limits, problems, the running program."""
