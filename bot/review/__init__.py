"""What moderators work with: the log of questions, the queue, verdicts, changes, accounts."""
