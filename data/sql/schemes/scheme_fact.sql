-- grain: one row per fact that a scheme asks for; source = null where a person enters it or it is a quotient
-- most in billionths; whole = only whole numbers; nought = no row of its source means nought
create or replace temporary table scheme_fact (
    scheme text not null,
    fact text not null,
    kind text not null,
    source text,
    most bigint not null,
    whole boolean not null,
    nought boolean not null
)
