"""Documents on paper: Typst templates in, PDF/A out. What they say is decided by the office."""
