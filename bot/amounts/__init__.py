"""Finding amounts and schedules in a text: `bot.doses` is the way in."""
