"""Long runs against real processes and databases: races and kills. `make test` runs samples."""
