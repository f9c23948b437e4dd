"""A written report read against itself: where its sentences, tables and numbers contradict each other."""
