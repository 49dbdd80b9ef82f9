-- grain: one row per penalty still published on the day: a penalty that ran out, was repaired or withdrawn is out from its day on
-- a training may let all of `feature_penalised` stand in its place, by a switch that an approver confirmed; scoring never does
select subject_type, subject_id, age, ordinary, weight
from feature_penalised
where publish_until is null or publish_until > cast($as_of as date)
