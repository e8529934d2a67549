-- Rows in = rows kept + rows quarantined, and rows kept = rows staged, for every file.
{% set staged = {
    'organisation': ref('stg_organisation__units'),
    'survey': ref('stg_survey__responses'),
    'survey_share': ref('stg_survey__shares'),
    'user_answer': ref('stg_user_survey__answers'),
    'user_share': ref('stg_user_survey__shares'),
    'development_project': ref('stg_activities__development_projects'),
    'grant_initiative': ref('stg_activities__grant_initiatives'),
    'conversation_package': ref('stg_activities__conversation_packages'),
    'council_involvement': ref('stg_activities__council_involvement'),
    'published_figure': ref('stg_published__figures'),
    'published_finding': ref('stg_published__findings'),
    'pilot': ref('stg_pilots__pilots'),
    'pilot_metric': ref('stg_pilots__metrics'),
    'measure': ref('stg_measures__measures'),
    'directive': ref('stg_directives__directives'),
    'directive_letter': ref('stg_directives__letters'),
} %}

with

input_files as (
    select * from {{ ref('stg_ingest__input_files') }}
),

staged_rows as (
    {% for table_name, model in staged.items() %}
        select
            '{{ table_name }}' as table_name,
            source_file,
            count(*) as n_rows
        from {{ model }}
        group by source_file
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        coalesce(input_files.table_name, staged_rows.table_name) as table_name,
        coalesce(input_files.source_file, staged_rows.source_file) as source_file,
        input_files.rows_in,
        input_files.rows_kept,
        input_files.rows_quarantined,
        staged_rows.n_rows
    from input_files
    full outer join staged_rows
        on
            input_files.table_name = staged_rows.table_name
            and input_files.source_file = staged_rows.source_file
    where
        input_files.source_file is null
        or input_files.rows_in <> input_files.rows_kept + input_files.rows_quarantined
        or input_files.rows_kept <> coalesce(staged_rows.n_rows, 0)
)

select * from final
