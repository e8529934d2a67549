{#- The waves whose answers are here, and those of which only published shares are. -#}

with

responses as (
    select * from {{ ref('stg_survey__responses') }}
),

shares as (
    select * from {{ ref('stg_survey__shares') }}
),

organisation_files as (
    select
        organisation_period,
        max(case when is_demonstration then 1 else 0 end) as is_demonstration
    from {{ ref('stg_organisation__units') }}
    group by organisation_period
),

codebooks as (
    select distinct
        wave,
        wave_form,
        instrument,
        organisation_period,
        source_sha256
    from {{ ref('stg_codebook__questions') }}
),

input_files as (
    select * from {{ ref('stg_ingest__input_files') }}
),

survey_files as (
    select
        wave,
        source_file,
        source_sha256,
        max(case when is_demonstration then 1 else 0 end) as is_demonstration,
        count(*) as n_respondents,
        'survey' as table_name
    from responses
    group by
        wave,
        source_file,
        source_sha256
    union all
    select
        wave,
        source_file,
        source_sha256,
        max(case when is_demonstration then 1 else 0 end) as is_demonstration,
        null as n_respondents,
        'survey_share' as table_name
    from shares
    group by
        wave,
        source_file,
        source_sha256
),

final as (
    select
        survey_files.wave,
        codebooks.wave_form,
        codebooks.instrument,
        codebooks.organisation_period,
        cast(survey_files.n_respondents as {{ dbt.type_int() }}) as n_respondents,
        survey_files.is_demonstration + coalesce(organisation_files.is_demonstration, 0) > 0
            as is_demonstration,
        {{ dbt.concat(['input_files.fingerprint', "'.'", 'codebooks.source_sha256']) }}
            as fingerprint,
        survey_files.source_file,
        survey_files.source_sha256
    from survey_files
    inner join codebooks
        on survey_files.wave = codebooks.wave
    inner join input_files
        on
            survey_files.source_file = input_files.source_file
            and survey_files.table_name = input_files.table_name
    left join organisation_files
        on codebooks.organisation_period = organisation_files.organisation_period
)

select * from final
