"""Finding amounts and schedules in a text: `bot.screening.doses` is the way in."""
