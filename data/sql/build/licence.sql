-- grain: one row per version of one licence, certificate or yearly inspection that can run out
-- series: within a kind, the licences that follow upon one another; matter: what it is for
with sources as (
    select
        'l' || substr(fact_id, 2) as fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until, until_reason,
        subject_type, subject_id, resolved_by,
        '道路运输经营许可' as licence_kind, coalesce(licence_text, licence_no) as licence_no, licence_no as licence_key,
        licence_from as valid_from, licence_until as valid_until, status, 'enterprise' as source_fact,
        '' as series, cast(null as text) as matter
    from enterprise
    union all
    select
        'l' || substr(fact_id, 2) as fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until, until_reason,
        subject_type, subject_id, resolved_by,
        '道路运输经营许可', licence_text, licence_no,
        valid_from, valid_until, status, 'operating_licence',
        coalesce(licence_no, licence_text, ''), business
    from operating_licence
    union all
    select
        'l' || substr(fact_id, 2) as fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until, until_reason,
        subject_type, subject_id, resolved_by,
        '道路运输证年审', transport_cert_no, transport_cert_no,
        cast(null as date), inspection_until, status, 'vehicle',
        '', cast(null as text)
    from vehicle
    union all
    select
        'l' || substr(fact_id, 2) as fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until, until_reason,
        subject_type, subject_id, resolved_by,
        '从业资格', cert_no_mask, cert_no_key,
        first_issued_on, valid_until, cast(null as text), 'practitioner',
        coalesce(cert_category, ''), cert_category
    from practitioner
    union all
    select
        'l' || substr(fact_id, 2) as fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until, until_reason,
        subject_type, subject_id, resolved_by,
        '行政许可', coalesce(certificate_no, doc_no), coalesce(certificate_no, doc_no),
        valid_from, valid_until, status, 'permit',
        concat_ws('|', certificate_name, content), certificate_name
    from permit
)
select *
from sources
where valid_until is not null
