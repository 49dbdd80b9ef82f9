"""数据质量的这个数字由哪些记录组成？ The rows behind one number; filters and page are kept in the address."""

from analytics.quality_rows import rows_behind
from pages.parts import frame, links, paging, quality_filters, quality_rows, session, trouble

me, desk = session.person(), session.desk()
frame.header("这个数字由哪些记录组成？", frame.scope_of(me))
asked, what = quality_filters.row(me, with_what=True)
links.go("quality", "‹ 返回数据质量", asked.address())
found = rows_behind(desk, asked, what, paging.wanted())
quality_rows.total(found.total, what, asked.told())
if not found.rows:
    trouble.empty("没有符合条件的记录", "请换一个月份或内容，或清除上面的条件。")
for number, row in enumerate(found.rows):
    quality_rows.one(number, row)
paging.pages(found.pages)
