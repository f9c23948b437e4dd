"""The page of an evaluation: how good suggestions are, in words, pictures and tables."""
