-- grain: one row per registered enterprise in business: what the software proposes for the plan of inspections, and why
create table advice (
    subject_type text not null,
    subject_id text not null,
    recommendation text not null,
    because text not null
)
