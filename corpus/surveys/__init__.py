"""Surveys: closed answers become attributes, open ones the texts of sources, one for each respondent."""
