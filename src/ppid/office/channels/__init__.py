"""Ways in which the list reaches people besides our own site, each a module with one `send`.

What is sent is made by `public.intake.write_list` from the public tables; nothing else of the
office can be handed to a way (docs/decisions/0155).
"""
