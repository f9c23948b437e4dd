"""The pages of the documentation, shipped with the program so that `crosscase help` can show them."""
