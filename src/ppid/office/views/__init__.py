"""The officers' pages: read a query, show it, or hand a form to an action."""
