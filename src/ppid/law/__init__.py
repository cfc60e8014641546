"""What the law says. Pure: standard library only, no clock, no Django."""
