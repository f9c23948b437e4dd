"""How fast crosscase is, and how that is measured: `make bench`."""
