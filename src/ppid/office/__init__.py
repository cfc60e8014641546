"""Where officers work: the Django app with bodies, people, cases, items and the register.

Every write is a function in `actions/` that appends an event; every table but the event log is a
projection of the log (`projections/`); every read is a function in `queries/`.
"""
