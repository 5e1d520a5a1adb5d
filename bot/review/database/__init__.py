"""The tables of the records and their migrations; the way in is `bot.review.storage`."""
