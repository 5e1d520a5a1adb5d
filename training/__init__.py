"""What makes the model, the triage's classifier and the ranking's weights; not in the wheel."""
