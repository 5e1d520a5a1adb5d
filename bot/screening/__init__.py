"""What of a passage must not be shown: amounts, schedules, tables, instructions."""
