"""A codebook is derived from the interview guide, kept and checked."""
