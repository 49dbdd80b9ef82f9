-- grain: one row per situation and subject that meets it, with what it rests on and whether the subject is on a list
with counted as (
    select situation, subject_type, subject_id, cast(count(*) as integer) as count
    from listing_evidence
    group by situation, subject_type, subject_id
),
entered as (
    select
        subject_type, subject_id, listed_on,
        case
            when removed_on <= cast($as_of as date) then removed_on
            when listed_until <= cast($as_of as date) then listed_until
        end as left_on
    from list_entry_known
    where subject_id is not null
      and list_contains($lists, list_name)
      and listed_on <= cast($as_of as date)
    qualify row_number() over (partition by subject_type, subject_id order by listed_on desc, known_on desc, batch_id, row_no) = 1
)
select
    r.situation, r.way, r.subject_type, r.subject_id,
    case
        when r.subject_type = 'vehicle' and s.plate is not null then s.plate || coalesce('（' || s.plate_colour || '）', '')
        else coalesce(s.name, '（名称未登记）')
    end as name,
    s.county, r.first_met_on, r.met_on, c.count,
    r.met_on - r.window_days + 1 as window_from,
    r.met_on as window_to,
    r.basis, r.said, e.listed_on, e.left_on
from listing_reached as r
inner join counted as c on c.situation = r.situation and c.subject_type = r.subject_type and c.subject_id = r.subject_id
left join subject as s on s.subject_type = r.subject_type and s.subject_id = r.subject_id
left join entered as e on e.subject_type = r.subject_type and e.subject_id = r.subject_id
