"""A small good table for each suite that is unlike the others, as SQL.

Belongs here: data that every gate lets through, with an empty cell in each column that may be
empty, and at least one row for each `row_condition`. Does not belong here: anything wrong.
"""

import duckdb

LINEAGE = (
    "false as is_demonstration, 'a.csv' as source_file, cast(i + 2 as integer) as source_row, "
    "repeat('a', 64) as source_sha256"
)
# Four nodes in two periods, above them the root.
TREE = """(values
    ('NAV', null, 'nav', 0), ('ATL', 'NAV', 'line', 1), ('NKS', 'ATL', 'result_area', 2),
    ('0101', 'NKS', 'unit', 3)) as tree(code, parent, level, i)
    cross join (values (2023), (2025)) as periods(year)"""
PUBLISHED = """
    'DR1-' || i as figure_id, cast(i % 6 as integer) as goal_id, 'tema' as topic_nb,
    'topic' as topic_en, 'ansatte' as population_nb, 'employees' as population_en,
    'andel' as measure_nb, 'share' as measure_en"""
WORDING = """
    'tid' as label_nb, 'time' as label_en, 'Tid?' as wording_nb, 'Time?' as wording_en,
    false as is_illustrative, cast(i + 1 as integer) as question_order,
    if(i = 0, null, '2017') as comparable_wave,
    [null, 'none', 'scale'][i + 1] as comparability_break,
    if(i = 2, 'ny skala', null) as break_note_nb, if(i = 2, 'new scale', null) as break_note_en"""
FIGURES = """
    (values ('share', 0.5), ('strength', 0.9), ('balance', -0.2), ('rank_strength', 7.0),
        ('count', 3.0), ('mean', 60.0)) as measures(measure, figure)
    cross join (values ('NAV', 'all'), ('0101', 'leader')) as places(node, role)"""


def goal(shown: str) -> str:
    """The mart of goal 1; `shown` is the SQL condition under which a figure is not withheld."""
    return f"""
        select 1 as goal_id, 'discretion_time' as indicator_id, 'factor_time' as item_id,
            'tid' as item_label_nb, 'time' as item_label_en, 3 as item_order, '2023' as period,
            node as node_id, if(measure in ('count', 'mean'), null, role) as role_id, measure,
            if(measure = 'share', 'positive', 'all') as category_id,
            if(measure = 'share', 'class', 'all') as category_kind,
            'alle' as category_label_nb, 'all' as category_label_en,
            if(measure = 'share', 'positive', null) as category_class, 1 as category_order,
            if({shown}, cast(figure as double), null) as value,
            if({shown} and measure not in ('count', 'mean'), figure, null)::double
                as value_unweighted,
            if({shown} and figure < 1, 0.05, null)::double as standard_error,
            if({shown} and figure < 1, figure - 0.1, null)::double as lower,
            if({shown} and figure < 1, figure + 0.1, null)::double as upper,
            if({shown} and measure <> 'count', 12, null)::integer as n,
            if({shown} and figure < 1, 11.5, null)::double as n_effective,
            if({shown} and measure not in ('count', 'mean'), 1.1, null)::double as design_effect,
            if(measure in ('count', 'mean'), null, true) as is_weighted,
            if(measure = 'count', 5, null)::integer as base,
            if({shown}, 'shown', 'withheld') as status,
            false as is_demonstration, 'a.sav' as source_file, repeat('a', 64) as source_sha256
        from {FIGURES}"""


def comparison(shown: str) -> str:
    """A change each way, one that is not sure and one that is not tested, being from a published
    share; and differences so."""

    def seen(value: str) -> str:
        return f"if({shown}, {value}, null)"

    return f"""
        select kind, 1 as goal_id, 'gap_' || kind as indicator_id, 'item_' || outcome as item_id,
            '2025' as period, 'NAV' as node_id, 'leader' as role_id,
            if(kind = 'roles', 'representative', null) as compared_role_id,
            if(kind = 'waves', '2023', null) as compared_period,
            if(kind = 'waves', false, null) as is_carried, 'share' as measure,
            {seen("0.5")}::double as value,
            {seen("if(outcome = 'not_tested', null, 0.5 - difference)")}::double as compared_value,
            {seen("if(outcome = 'not_tested', null, 0.4)")}::double as compared_lower,
            {seen("if(outcome = 'not_tested', null, 0.9)")}::double as compared_upper,
            {seen("difference")}::double as difference,
            {seen("difference - difference + 0.05")}::double as standard_error,
            {seen("difference - 0.1")}::double as lower,
            {seen("difference + 0.1")}::double as upper,
            {seen("if(outcome = 'not_tested', null, 40)")}::integer as n,
            {seen("if(outcome = 'not_tested', null, 50)")}::integer as n_compared,
            {seen("p")}::double as p_value, {seen("p * 2")}::double as p_adjusted,
            {seen("outcome")} as outcome,
            {seen("if(outcome = 'not_tested', 'n_not_known', null)")} as why_not_tested,
            case when not {shown} then 'withheld' when outcome = 'not_tested' then 'published'
                else 'shown' end as status,
            false as is_demonstration, 'a.sav' as source_file, repeat('a', 64) as source_sha256
        from (values ('waves', 'increased', 0.2, 0.001), ('waves', 'decreased', -0.2, 0.001),
            ('waves', 'no_sure_change', 0.0, 0.4), ('waves', 'not_tested', null, null),
            ('nodes', 'higher', 0.2, 0.001), ('roles', 'lower', -0.2, 0.001),
            ('roles', 'no_sure_difference', 0.0, 0.5)) as rows(kind, outcome, difference, p)"""


def response(shown: str) -> str:
    """All roles with a headcount, leaders without."""
    return f"""
        select '2025' as period, 'NAV' as node_id, role as role_id,
            if({shown}, 30, null)::integer as n_respondents,
            if({shown}, headcount, null)::integer as headcount,
            if({shown}, 30 / headcount, null)::double as response_rate,
            'cells' as weighted_by, if({shown}, 4, null)::integer as n_strata,
            if({shown}, 1, null)::integer as n_trimmed_strata,
            if({shown}, 0, null)::integer as n_collapsed_strata,
            if({shown}, 0, null)::integer as n_exceeded_strata,
            if({shown}, 'shown', 'withheld') as status,
            false as is_demonstration, 'a.sav' as source_file, repeat('a', 64) as source_sha256
        from (values ('all', 60), ('leader', null)) as rows(role, headcount)"""


def scorecard(shown: str) -> str:
    """35 indicators: a share, a gap and a rank with evidence, two of each, the others without."""
    return f"""
        select goal_id, indicator_id, period, node_id, role_id, compared_role_id, measure, unit,
            case when {shown} then figure end::double as value,
            case when {shown} and i < 6 then figure end::double as value_unweighted,
            case when {shown} and unit <> 'rank' then 0.05 end::double as standard_error,
            case when {shown} and unit <> 'rank' then figure - 0.1 end::double as lower,
            case when {shown} and unit <> 'rank' then figure + 0.1 end::double as upper,
            case when {shown} then 12 end::integer as n,
            case when {shown} and unit = 'share_difference' then 11 end::integer as n_compared,
            if(i < 6, true, null) as is_weighted,
            null::integer as base,
            case when i >= 6 then 'no_evidence' when {shown} then 'shown'
                else 'withheld' end as status,
            false as is_demonstration,
            if(i < 6, 'a.sav', null) as source_file,
            if(i < 6, repeat('a', 64), null) as source_sha256,
            if(i < 6, 'survey 2023', null) as source_ref
        from (
            select i, 1 + i::integer % 5 as goal_id, 'indicator_' || i as indicator_id,
                if(i < 6, '2023', 'none') as period, 'NAV' as node_id,
                if(i < 6, 'leader', null) as role_id,
                if(i in (2, 3), 'representative', null) as compared_role_id,
                case i // 2 when 0 then 'share' when 1 then 'gap' when 2 then 'rank' else 'count'
                    end as measure,
                case i // 2 when 0 then 'share' when 1 then 'share_difference' when 2 then 'rank'
                    else 'count' end as unit,
                [0.5, 0.6, -0.2, -0.3, 7.0, 8.0][i + 1] as figure
            from range(35) as r(i))"""


def reconciliation(shown: str) -> str:
    """26 figures: two ranges, nine more of the survey, others, and one that was not delivered."""
    return f"""
        select {PUBLISHED},
            case when i < 2 then 'share_range' when i >= 11 then 'figure' else 'share' end
                as statistic,
            if(i < 2, null, 'factor_time') as question_id, if(i < 2, 'goals', null) as battery_id,
            if(i = 2, null, 'positive') as answer_class, null::varchar as indicator_id,
            null::varchar as item_id, null::varchar as category_id, '2023' as period,
            'NAV' as node_id,
            if(i >= 11, null, 'all') as role_id, 'percent' as unit,
            if(i < 2, 'range', 'exact') as comparator,
            '75.93' as published_value, if(i < 2, '80', null) as published_value_high,
            if({shown} and i < 25, 0.7593, null)::double as our_value,
            if({shown} and i < 2, 0.8, null)::double as our_value_high,
            if({shown} and i < 11, 3000, null)::integer as n,
            if({shown} and i < 25, true, null) as agrees,
            case when i = 25 then 'no_evidence' when {shown} then 'shown' else 'withheld' end
                as status,
            'lest slik' as note_nb, 'read so' as note_en, 'delrapport1' as source_id,
            'Delrapport 1' as source_title, '4.2' as section, false as is_demonstration,
            if(i < 25, 'a.sav', null) as source_file,
            if(i < 25, repeat('a', 64), null) as source_sha256
        from range(26) as r(i)"""


FIGURE = f"""
    select {PUBLISHED}, '75.93' as value, if(i < 2, '80', null) as value_high, 'percent' as unit,
        if(i < 2, 'range', 'exact') as comparator, '2023' as period, 'delrapport1' as source_id,
        'Delrapport 1' as source_title, '4.2' as section, {LINEAGE}
    from range(51) as r(i)"""
FINDING = f"""
    select 'F-' || i as finding_id, cast(i % 6 as integer) as goal_id,
        'Tiden er knapp' as finding_nb, 'Time is short' as finding_en, 'delrapport1' as source_id,
        'Delrapport 1' as source_title, '4.2' as section, {LINEAGE}
    from range(30) as r(i)"""

# Two pilots, the second without all that may be missing.
PILOT = """
    'P' || i as pilot_id, 2 as goal_id, 'Forsøk' as name_nb, if(i = 0, 'rom', null) as purpose,
    if(i = 0, date '2024-02-01', null) as start_date,
    if(i = 0, date '2024-12-31', null) as end_date, 'planned' as status_id,
    if(i = 0, 'up', null) as direction, if(i = 0, 'måling', null) as evaluation_design"""
MILESTONES = ", ".join(
    f"null::date as milestone_{n}_date, null::varchar as milestone_{n}" for n in range(1, 7)
)
MEASURE = """
    'T' || i as measure_id, 1 as goal_id, 'F-01' as finding_ids, 'proposed' as status_id,
    date '2024-01-01' as registered_on, date '2024-02-01' as last_changed_on,
    if(i = 0, date '2024-12-01', null) as due_on"""
SHOWN_METRIC = """
    select 'P1' as pilot_id, 'dager' as metric_id, date '2024-01-01' as metric_month,
        ['pilot', 'comparison'][i + 1] as group_id, 'gruppe' as group_nb, 'group' as group_en,
        1 as n_units, false as is_demonstration, 'a.xlsx' as source_file,
        repeat('a', 64) as source_sha256,"""

# suite → the query that makes its table
GOOD = {
    "raw_organisation": f"""
        select year::integer as period, code as unit_code, 'Enhet' as unit_name,
            parent as parent_unit_code, level, null::varchar as department, null::varchar as line,
            null::varchar as result_area, null::varchar as nav_region,
            case i when 3 then 20 when 2 then null else 0 end::integer as headcount_staff,
            if(i = 2, null, 1)::integer as headcount_leader,
            if(i = 2, null, 0)::integer as headcount_union_rep,
            if(i = 2, null, 0)::integer as headcount_safety_rep,
            if(i = 2, 12, null)::integer as headcount_total, 21.5::decimal(18, 4) as fte,
            null::varchar as predecessor_unit_codes, null::varchar as aliases, {LINEAGE}
        from {TREE}""",
    "raw_survey": f"""
        select '2023' as wave, 'R' || i as respondent_id, '0101' as unit_code,
            ['staff', 'leader', 'union_rep', 'safety_rep'][i % 4 + 1] as role,
            null::smallint as q_factor_time, {LINEAGE}
        from range(8) as r(i)""",
    "raw_survey_share": f"""
        select '2011' as wave, 'factor_time' as question_id,
            ['all', 'leader'][i + 1] as role_id, 'negative' as answer_class,
            48::decimal(18, 4) as share_percent, if(i = 0, null, 500)::integer as respondents,
            'delrapport1' as source_id, if(i = 0, null, '4.2') as section, {LINEAGE}
        from range(2) as r(i)""",
    "raw_user_answer": f"""
        select 2031::integer as year, 'B' || i as respondent_id,
            ['guidance', 'application', 'all'][i % 3 + 1] as situation,
            if(i % 3 = 2, 'trust_in_nav', 'trust_from_nav') as question_id,
            if(i = 0, null, 4)::integer as answer, 'six_point_4' as scale_id,
            null::varchar as user_group, null::varchar as service,
            null::varchar as county_node_id, {LINEAGE}
        from range(120) as r(i)""",
    "raw_user_share": f"""
        select 2031::integer as year, 'trust_from_nav' as question_id,
            ['guidance', 'application'][i + 1] as situation,
            90::decimal(18, 4) as share_percent, ['exact', 'nearly'][i + 1] as comparator,
            if(i = 0, null, 500)::integer as respondents, 'six_point_4' as scale_id,
            'delrapport1' as source_id, if(i = 0, null, '4.2') as section, {LINEAGE}
        from range(2) as r(i)""",
    "raw_development_project": f"""
        select 2031::integer as year, 'P' || i as project_id, '0101' as node_id,
            'Ungdom' as theme, if(i = 0, null, date '2030-05-01') as started,
            'Erfaringsbasen' as register, {LINEAGE}
        from range(2) as r(i)""",
    "raw_grant_initiative": f"""
        select 2031::integer as year, 'T' || i as initiative_id, 'FYL-AGD' as node_id,
            'Ungdom' as theme, if(i = 0, null, 250000)::decimal(18, 4) as amount_nok, {LINEAGE}
        from range(2) as r(i)""",
    "raw_conversation_package": f"""
        select 'S' || i as package_id, '0101' as unit_code, 'MBA' as arena,
            date '2031-06-05' + i::integer as held_on, 'T01' as themes,
            i = 0 as challenges_sent, if(i = 0, null, 12)::integer as participants, {LINEAGE}
        from range(2) as r(i)""",
    "raw_council_involvement": f"""
        select 'B' || i as case_id, '0101' as unit_code, date '2031-06-05' as registered_on,
            if(i = 0, null, 'Fra start') as stage, {LINEAGE}
        from range(2) as r(i)""",
    "raw_published_figure": f"select * exclude (source_title) from ({FIGURE})",
    "raw_published_finding": f"select * exclude (source_title) from ({FINDING})",
    "raw_directive": f"""
        select 'MD-2022-YA-YL' as letter_id, 'MD-2022' as collection, 2022::integer as year,
            'YA' as sender, 'YL' as receiver, if(i = 0, null, 'YL') as line,
            (i % 3 + 1)::integer as number, null::varchar as directive_text, true as governs,
            'new' as origin, 'goal' as kind, 'output' as step, 'direction' as form,
            'concrete' as concreteness, 'external' as focus, if(i < 3, 'K1', 'K2') as coder,
            i < 3 as is_designated, {LINEAGE}
        from range(6) as r(i)""",
    "raw_directive_letter": f"""
        select 'brev-' || i as letter_id, 'MD-2022' as collection,
            if(i < 2, 'md_letter', 'municipal') as document_kind, 2022::integer as year,
            if(i < 2, ['ATA', 'YA'][i + 1], 'Kommune ' || i) as sender,
            if(i < 2, ['NKS', 'YL'][i + 1], 'NAV-kontor') as receiver, i < 3 as is_delivered,
            if(i < 3, 20, null)::integer as n_directives, if(i < 2, 'K1', null) as designated_coder,
            {LINEAGE}
        from range(4) as r(i)""",
    "raw_codebook_question": f"""
        select '2023' as wave, 'answers' as wave_form, 'survey' as instrument,
            2023 as organisation_period, 'factor_time' as question_id, 'Q' || i as column_name,
            'staff,leader' as asked_of, 'effect5' as scale_id, null::varchar as battery_id,
            1 as goal_id, {WORDING}, {LINEAGE}
        from range(3) as r(i)""",
    "raw_codebook_answer": f"""
        select '2023' as wave, 'factor_time' as question_id, i::integer as answer_code,
            ['negative', 'neutral', 'positive', 'missing'][i + 1] as answer_class,
            i::integer + 1 as answer_order, 'svar ' || i as label_nb, 'answer ' || i as label_en,
            {LINEAGE}
        from range(4) as r(i)""",
    "raw_codebook_question_indicator": f"""
        select '2023' as wave, 'factor_time' as question_id, 'indicator_' || i as indicator_id,
            {LINEAGE}
        from range(2) as r(i)""",
    "raw_input_file": """
        select 'inbox' as domain, file[1] as table_name, file[2] as source_file,
            repeat('a', 64) as source_sha256, n as rows_in, n as rows_kept, 0 as rows_quarantined,
            0 as rows_unaccounted, 0.0::double as share_quarantined, 0 as answers_blanked,
            false as is_demonstration, null::varchar as fault
        from (values
            (['survey', 'medarbeiderundersokelsen_2023.sav'], 3660),
            (['survey', 'medarbeiderundersokelsen_2025.xlsx'], 4100),
            (['organisation', 'organisasjon_2023.csv'], 175)) as files(file, n)""",
    "raw_column_profile": """
        select 'survey' as domain, 'survey' as table_name, 'a.sav' as source_file,
            name as column_name, name like 'q_%' as is_answer, name = 'aliases' as is_optional,
            100 as cells,
            (share * 100)::integer as filled, 0 as blanked, share::double as share_filled,
            0.0::double as share_blanked
        from (values ('respondent_id', 1.0), ('aliases', 0.0), ('q_time', 0.5), ('q_rules', 0.9))
            as profile(name, share)""",
    "dim_goal": """
        select i::integer as goal_id, 'mål' as short_name_nb, 'goal' as short_name_en,
            'sier' as description_nb, 'says' as description_en
        from range(1, 6) as r(i)""",
    "dim_indicator": """
        select 'indicator_' || i as indicator_id, 1 + i::integer % 5 as goal_id, i as sort_order,
            'navn' as name_nb, 'name' as name_en, 'andel' as definition_nb,
            'share' as definition_en, 'ansatte' as population_nb, 'employees' as population_en,
            coalesce(['share', 'gap'][i + 1], 'count') as measure,
            if(i < 2, 'positive', null) as answer_class, if(i < 2, 'leader', null) as role_id,
            if(i = 1, 'representative', null) as compared_role_id, 'share' as unit,
            'higher' as direction, if(i < 2, 'survey', 'pilots') as domain, 'key' as kind,
            i < 5 as is_headline
        from range(45) as r(i)""",
    "dim_role": """
        select unnest(['all', 'staff', 'leader', 'representative', 'union_rep', 'safety_rep'])
            as role_id, unnest(range(6)) as sort_order, 'navn' as name_nb, 'name' as name_en""",
    "dim_node": f"""
        select code as node_id, year::varchar as period, 'Enhet' as name, parent as parent_node_id,
            level, i::integer as level_order, i::integer + 1 as sort_order,
            null::varchar as predecessor_node_ids
        from {TREE}""",
    "dim_question": f"""
        select '2023' as period, 'question_' || i as question_id, null::varchar as battery_id,
            1 as goal_id, 'staff,leader' as asked_of, 'effect5' as scale_id, {WORDING}
        from range(3) as r(i)""",
    "dim_user_measurement": f"""
        select 'trust_from_nav_guidance' as indicator_id, (2022 + i)::varchar as period,
            'trust_from_nav' as question_id, 'guidance' as situation,
            if(i = 0, 'published', 'answers') as form, if(i = 0, 'nearly', 'exact') as comparator,
            'six_point_4' as scale_id, 'seks punkter' as scale_name_nb,
            'six points' as scale_name_en, if(i = 0, null, '2022') as period_before,
            [null, 'none', 'scale'][i + 1] as comparability_break,
            if(i = 2, 'ny skala', null) as break_note_nb,
            if(i = 2, 'new scale', null) as break_note_en,
            if(i = 0, 'Delrapport 1', null) as source_title, if(i = 0, '4.2', null) as section,
            {LINEAGE}
        from range(3) as r(i)""",
    "mart_goal_1": goal("true"),
    "mart_comparison": comparison("true"),
    "mart_response": response("true"),
    "mart_scorecard": scorecard("i < 6"),
    "mart_published_figure": f"select * exclude (source_row) from ({FIGURE})",
    "mart_published_finding": f"select * exclude (source_row) from ({FINDING})",
    "mart_letter": """
        select if(status = 'lacking', null, 'brev-' || i) as letter_id,
            'md_letter' as document_kind, 'ya_yl' as item_id, 'from_ya' as group_id,
            'YA til YL' as item_label_nb,
            'YA to YL' as item_label_en, 7 as item_order, (2022 + i)::varchar as period,
            'YA' as sender, 'YL' as receiver, if(i = 2, null, 20)::integer as n_directives,
            if(i = 0, 20, 0)::integer as n_coded, if(i = 0, 12, 0)::integer as n_governing,
            if(i = 0, 'K1', null) as designated_coder, if(i = 0, 'K1, K2', null) as coders,
            if(i = 0, 2, 0)::integer as n_coders, 0::integer as n_coders_in_part,
            0::integer as n_contradicting, status as coding_status, i = 0 as is_complete,
            false as is_demonstration, 'a.xlsx' as source_file, repeat('a', 64) as source_sha256
        from (values (0, 'complete'), (1, 'not_coded'), (2, 'lacking')) as letters(i, status)""",
    "mart_reconciliation": reconciliation("true"),
    "protected_mart_goal_1": goal("role = 'all'"),
    "protected_mart_comparison": comparison("kind <> 'nodes'"),
    "protected_mart_response": response("role = 'all'"),
    "protected_mart_scorecard": scorecard("i < 3"),
    "protected_mart_reconciliation": reconciliation("i < 6"),
    "raw_pilot": f"""
        select 2024 as period, null::varchar as name_en, '4401' as unit_codes,
            null::varchar as comparison_unit_codes, {MILESTONES},
            if(i = 0, 100, null)::decimal(18, 4) as cost_estimate,
            if(i = 0, 50, null)::decimal(18, 4) as cost_so_far, null::varchar as primary_metric,
            null::varchar as primary_metric_en, if(i = 0, 'yes', null) as within_frames,
            {PILOT}, {LINEAGE}
        from range(2) as r(i)""",
    "raw_pilot_metric": f"""
        select '4401' as unit_code, date '2024-01-01' as month, 'dager' || i as metric_id,
            9.5::decimal(18, 4) as value, 20 as n_cases, {LINEAGE}
        from range(2) as r(i)""",
    "raw_measure": f"""
        select 'Tittel' as title_nb, null::varchar as title_en, 'measure' as kind_id,
            'NAV' as owner, 'unit' as level_id, null::date as register_date, {MEASURE}, {LINEAGE}
        from range(2) as r(i)""",
    "mart_pilot": f"""
        select {PILOT}, '2024' as period, 'Pilot' as name_en, 'Enhet' as unit_names,
            null::varchar as comparison_unit_names, 1 as n_units, 0 as n_comparison_units,
            'Planlagt' as status_nb, 'Planned' as status_en, 1 as status_order,
            if(i = 0, 100.0, null)::double as cost_estimate,
            if(i = 0, 50.0, null)::double as cost_so_far, null::varchar as primary_metric_nb,
            null::varchar as primary_metric_en, i = 0 as has_purpose, i = 0 as has_timeline,
            i = 0 as has_cost_estimate, i = 0 as has_plan, i = 0 as has_evaluation,
            i = 0 as has_all_parts, 'Uavklart' as frames_nb, 'Not settled' as frames_en,
            null::boolean as is_within_frames, {LINEAGE}
        from range(2) as r(i)""",
    "mart_pilot_milestone": f"""
        select 'P1' as pilot_id, i::integer + 1 as milestone_number,
            null::varchar as milestone, date '2024-02-01' as milestone_date, {LINEAGE}
        from range(2) as r(i)""",
    "mart_pilot_metric": f"""
        {SHOWN_METRIC} 12.5::double as value, 40 as n_cases, false as is_dominated,
            'shown' as status
        from range(2) as r(i)""",
    "mart_measure": f"""
        select {MEASURE}, 'Tittel' as title_nb, 'Title' as title_en, 'Funn' as finding_nb,
            'Finding' as finding_en, 'Tiltak' as kind_nb, 'Measure' as kind_en,
            'NAV' as measure_owner, 'Enhet' as level_nb, 'Unit' as level_en,
            'Foreslått' as status_nb, 'Proposed' as status_en, 1 as status_order,
            date '2024-06-01' as as_of, 120 as days_since_change,
            180 as standing_still_days, true as is_open, false as is_standing_still,
            false as is_overdue, {LINEAGE}
        from range(2) as r(i)""",
    "protected_mart_pilot_metric": f"""
        {SHOWN_METRIC} if(i = 0, 12.5, null)::double as value,
            if(i = 0, 40, null)::integer as n_cases, i = 1 as is_dominated,
            if(i = 0, 'shown', 'withheld') as status
        from range(2) as r(i)""",
    "protected_table": "select 1 as goal_id",
}


def make_good(con: duckdb.DuckDBPyConnection, suite: str) -> None:
    """Make the table `looked_at`, which the gate of `suite` lets through."""
    con.execute(f"create or replace table looked_at as {GOOD[suite]}")
