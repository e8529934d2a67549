{#- What a node of a later wave's organisation was in an earlier wave. Each unit of the earlier wave
    went to its heirs: the nodes that the unit became or, where it became none, those that the
    nearest node above it became. A node is whole when no unit went only in part to it. Where one of
    the waves has no organisation, the root alone is what it was. -#}

with

comparable_questions as (
    select * from {{ ref('int_survey__comparable_questions') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

unit_nodes as (
    select * from {{ ref('int_survey__unit_nodes') }}
),

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

successors as (
    select * from {{ ref('int_organisation__successors') }}
),

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

compared_waves as (
    select distinct
        comparable_questions.comparable_wave as wave,
        comparable_questions.wave as node_wave,
        earlier.organisation_period,
        later.organisation_period as later_period
    from comparable_questions
    inner join waves as earlier
        on comparable_questions.comparable_wave = earlier.wave
    inner join waves as later
        on comparable_questions.wave = later.wave
),

units as (
    select distinct
        wave,
        unit_code
    from unit_nodes
),

possible_heirs as (
    select
        compared_waves.wave,
        compared_waves.node_wave,
        compared_waves.later_period,
        units.unit_code,
        successors.later_node_id as heir_id,
        rank() over (
            partition by compared_waves.wave, compared_waves.node_wave, units.unit_code
            order by coalesce(ancestors.distance, 0)
        ) as place
    from compared_waves
    inner join units
        on compared_waves.wave = units.wave
    left join ancestors
        on
            compared_waves.organisation_period = ancestors.organisation_period
            and units.unit_code = ancestors.node_id
    inner join successors
        on
            compared_waves.organisation_period = successors.organisation_period
            and compared_waves.later_period = successors.later_period
            and coalesce(ancestors.ancestor_id, '{{ var("root_node") }}') = successors.node_id
),

heirs as (
    select
        *,
        count(*) over (partition by wave, node_wave, unit_code) as n_heirs
    from possible_heirs
    where place = 1
),

waves_with_heirs as (
    select distinct
        wave,
        node_wave
    from heirs
),

roots as (
    select
        compared_waves.wave,
        compared_waves.node_wave,
        '{{ var("root_node") }}' as node_id,
        'nav' as level,
        units.unit_code,
        'same' as relation
    from compared_waves
    inner join units
        on compared_waves.wave = units.wave
    left join waves_with_heirs
        on
            compared_waves.wave = waves_with_heirs.wave
            and compared_waves.node_wave = waves_with_heirs.node_wave
    where waves_with_heirs.wave is null
),

in_nodes as (
    select
        heirs.wave,
        heirs.node_wave,
        heirs.later_period,
        heirs.unit_code,
        ancestors.ancestor_id as node_id,
        heirs.n_heirs,
        count(*) as n_heirs_in_node
    from heirs
    inner join ancestors
        on
            heirs.later_period = ancestors.organisation_period
            and heirs.heir_id = ancestors.node_id
    group by
        heirs.wave,
        heirs.node_wave,
        heirs.later_period,
        heirs.unit_code,
        ancestors.ancestor_id,
        heirs.n_heirs
),

own_nodes as (
    select
        *,
        count(*) over (partition by wave, node_id) as n_units
    from unit_nodes
),

beside_own as (
    select
        in_nodes.wave,
        in_nodes.node_wave,
        in_nodes.later_period,
        in_nodes.unit_code,
        in_nodes.node_id,
        min(case when in_nodes.n_heirs_in_node = in_nodes.n_heirs then 1 else 0 end) over (
            partition by in_nodes.wave, in_nodes.node_wave, in_nodes.node_id
        ) = 1 as is_whole,
        count(*) over (partition by in_nodes.wave, in_nodes.node_wave, in_nodes.node_id) as n_units,
        min(coalesce(own_nodes.n_units, 0)) over (
            partition by in_nodes.wave, in_nodes.node_wave, in_nodes.node_id
        ) as n_own_units
    from in_nodes
    left join own_nodes
        on
            in_nodes.wave = own_nodes.wave
            and in_nodes.node_id = own_nodes.node_id
            and in_nodes.unit_code = own_nodes.unit_code
),

carried as (
    select
        beside_own.wave,
        beside_own.node_wave,
        beside_own.node_id,
        nodes.level,
        beside_own.unit_code,
        case
            when not beside_own.is_whole then 'split'
            when beside_own.n_units = beside_own.n_own_units then 'same'
            else 'carried'
        end as relation
    from beside_own
    inner join nodes
        on
            beside_own.later_period = nodes.organisation_period
            and beside_own.node_id = nodes.node_id
),

final as (
    select * from carried
    union all
    select * from roots
)

select * from final
