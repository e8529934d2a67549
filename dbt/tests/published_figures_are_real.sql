-- A published figure or finding is never demonstration data.
select figure_id as published_id
from {{ ref('mart_published_figure') }}
where is_demonstration
union all
select finding_id as published_id
from {{ ref('mart_published_finding') }}
where is_demonstration
