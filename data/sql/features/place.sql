-- grain: one row per county: the checks of its enterprises in the last 365 days and those that found something
select county, sum(checks_365) as checks_365, sum(findings_365) as findings_365
from feature_counted
group by county
