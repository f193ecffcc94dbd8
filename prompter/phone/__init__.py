"""The softphone's entrance: phone events reach the desk as keys do.

`client` sends them (from whatever the phone starts), `listener` receives (on loopback only), `request`
parses, `line` applies them to the desk; `place`, `instance`, `token` and `waiting` are the files in between.
"""
