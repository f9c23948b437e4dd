"""Sheets with a row for each case file: closed items, skip logic, and "not documented" as a value of its own."""
