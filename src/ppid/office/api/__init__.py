"""The officers' API: what the pages do, for an officer's own programs (docs/decisions/0156).

It reads by the pages' queries and acts by the pages' forms and actions, so no rule stands here.
"""
