"""HTTP in, HTML out: everything that is not a generated register.

`house` puts the application together. An area is a folder with `routes` (one page or change each) and `forms` (what is
typed); `plans/room` gives a route its opened plan. A route opens, calls one query or operation, and renders or
redirects with 303. `rendering` fills in the frame, `errors` gives every refusal its page, `security` stands around it
all. Templates get small view objects and never query. Every page works without JavaScript.

In a reading session a question is asked once (`HouseSession.once`), however many parts of a page need the answer.
"""
