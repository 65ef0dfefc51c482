"""Signing in at the highest level through ID-porten (F20-F25): OpenID Connect, from the client's side.

`trips` is what one browser carries there and back, `issuer` what ID-porten says of itself, `client` what we ask of it,
`tokens` whether to believe an answer. `flows` are the trips under way, `identities` whose account a fødselsnummer
opens, `leaving` how signing out here and there are one. Nothing here knows pages; nothing is fetched in a transaction.
"""
