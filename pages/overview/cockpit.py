"""今天总体怎么样？ Five numbers, the counties, the months, what got worse and why, the worst ten; each leads to its rows."""

from pages.parts import frame, overview, session

me = session.person()
frame.header("今天总体怎么样？", frame.scope_of(me))
seen = overview.picture()
overview.numbers(seen)
overview.attention(seen)
overview.places(seen)
overview.months(seen)
overview.methods(seen)
