"""Every write: one function per act, keyword-only, says who (`by`) and when (`at`), atomic.

Pages, commands, tasks and tests all call these. Each appends its event; none touches a table.
"""
