"""Pictures of a matrix: their values, and how they are drawn as svg and png."""
