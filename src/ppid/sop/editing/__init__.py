"""Changing an SOP file: acts on its values as TOML gives them, and the controls of a form."""
