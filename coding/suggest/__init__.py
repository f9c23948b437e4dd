"""Suggestions: which codes a passage may bear, learned from the codebook and from one coder's own codings."""
