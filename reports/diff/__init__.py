"""What changed between two versions of a study, and which change each cell of its matrix shows."""
