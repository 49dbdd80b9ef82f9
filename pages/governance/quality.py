"""各单位报来的数据质量怎么样？ Five numbers, the trend, the units, what is wrong most, gaps; ledger and statement."""

from analytics import quality as asking
from pages.parts import frame, quality, quality_filters, quality_gaps, session

me, desk = session.person(), session.desk()
frame.header("各单位报来的数据质量怎么样？", frame.scope_of(me))
asked, _ = quality_filters.row(me)
seen = asking.quality(desk, asked)
quality.numbers(seen)
quality.standing(seen)
quality.downloads(asked)
key = quality_filters.rate_shown()
quality.trend(seen, key)
quality.league(seen, key)
quality.wrong(seen)
quality_gaps.gaps(me, asked)
quality.methods()
