"""Text: cleaning it, cutting it into passages and sentences, its terms and languages."""
