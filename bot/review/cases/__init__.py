"""The cases of moderators: kept, asked again of every snapshot, taken in and given out."""
