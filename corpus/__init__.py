"""Sources are read: study folders, interview texts, cases, and the problems found in them."""
