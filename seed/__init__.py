"""Rows a house needs on day one, and a fictional town.

`load` brings the reference rows, for the installation and for each municipality. `town` writes the demonstration: two
municipalities, the named people of `cast`, and plans with two years behind them. A plan is first *told* (`told`, by
hand in `texts/cast.toml` through `scripts`, or made up by `invent`) and then *written* as rows (`plans`, `past`).
Last come those whose birthday changes who decides (`birthdays`): the town is the same without them.
Everything is drawn from one seeded random source, ids too, so that the same seed and day give the same town.

No number or address here can reach anyone: every fødselsnummer is synthetic, every address ends in `.example`, and
nobody has a telephone.
"""
