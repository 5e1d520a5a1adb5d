"""What the sources lack: questions without an answer, by what they mean."""
