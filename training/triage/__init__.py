"""The examples that the triage's classifier is fitted to, and the fit."""
