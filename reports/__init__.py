"""Groups are compared: states, cells, excerpts, and the documents that show them."""
