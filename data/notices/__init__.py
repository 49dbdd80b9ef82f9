"""What does a notice on holidays say, day by day, and can it be used?

read_notice(path) / read_pasted(text) → Notice(years, days, findings, …)

rows     a line of the notice, a finding        table    日期/类型/名称, in a workbook or as delimited text
prose    the notice as it is published          judge    all findings at once
"""

from data.notices.judge import Notice
from data.notices.reading import read_notice, read_pasted
from data.notices.rows import Finding

__all__ = ["Finding", "Notice", "read_notice", "read_pasted"]
