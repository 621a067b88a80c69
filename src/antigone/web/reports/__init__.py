"""Pages of reports: ask for one, read and print it, take it as a file, give pictures out as a sealed exhibit."""
