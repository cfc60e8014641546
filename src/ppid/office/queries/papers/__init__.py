"""What each paper says, read from the office: one function for each kind of paper."""
