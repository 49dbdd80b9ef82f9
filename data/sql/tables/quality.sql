-- grain: one row per unit, kind of matter and month of the decision, as known at the end of the build's day; counts only
-- reported … corrected count landed rows, must … provisional count decisions of `duty`; rates are worked out where they are shown
create table quality (
    unit text not null,
    county text,
    matter_kind text not null,
    month date not null,
    reported integer not null,
    compliant integer not null,
    items integer not null,
    filled integer not null,
    corrected integer not null,
    decisions integer not null,
    must integer not null,
    exempt integer not null,
    in_time integer not null,
    late integer not null,
    unconfirmed integer not null,
    returned integer not null,
    registered integer not null,
    never integer not null,
    waiting integer not null,
    provisional integer not null
)
