"""The softphone's side entrance: what the phone tells reaches the desk as the keys do.

`client` tells (from whatever the phone starts), `listener` hears (on loopback alone), `request` reads what
came, `line` does it at the desk; `place`, `instance`, `token` and `waiting` are the files between them.
"""
