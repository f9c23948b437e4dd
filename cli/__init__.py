"""The crosscase command: it parses, calls the library and prints."""
