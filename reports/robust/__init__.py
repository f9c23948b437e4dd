"""Which sentences of the matrix would be others without one case, one cluster or one coder."""
