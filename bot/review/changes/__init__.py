"""What moderators correct: versions, checks, a comparison beforehand, and what is in force."""
