"""How the demonstration waves answer: planned shares, wave by wave, group by group.

Belongs here: invented shares, and where a published figure takes an invented one's place.
Does not belong here: the wording of questions, or how a share becomes answers.

A quota says which percentage of a group's answers lie low (codes 1 and 2) and high (4 and 5).
Quotas are filled in the order given, each over what the earlier ones have left; the last one of a
question covers everybody who is still without an answer.
"""

from dataclasses import dataclass

from dagster_project.demonstration import published as pub
from dagster_project.demonstration.organisation import ROLES, ROOT
from dagster_project.demonstration.questionnaire import LEADERS, REPRESENTATIVES, STAFF

WAVES = (2017, 2023, 2025)
RESPONDENTS = {2017: 2147, 2023: pub.RESPONDENTS, 2025: 4112}


@dataclass(frozen=True)
class Quota:
    """Percentages low and high among those in `node` with one of `roles`.

    `published` names the sides that have to round to a published figure.
    """

    low: float
    high: float
    roles: tuple[str, ...] = ROLES
    node: str = ROOT
    published: tuple[str, ...] = ()


COUNTIES = "FYL"  # stands for all county result areas


def quotas(question: str, year: int) -> list[Quota]:
    """The quotas of a question in a wave, in the order in which they are filled."""
    planned = PLANS[year][question]
    return [planned] if isinstance(planned, Quota) else list(planned)


def _by_role(
    leaders: tuple[float, float],
    representatives: tuple[float, float],
    staff: tuple[float, float] | None = None,
) -> tuple[Quota, ...]:
    groups = (
        Quota(*leaders, LEADERS),
        Quota(*representatives, REPRESENTATIVES),
    )
    return (*groups, Quota(*staff, STAFF)) if staff else groups


_2017: dict[str, Quota | tuple[Quota, ...]] = {
    "factor_experience": Quota(5.8, 75.2),
    "factor_rules": Quota(43.5, 35.5),
    "factor_time": Quota(37.0, 36.0),
    "factor_budgets": Quota(38.5, 15.0),
    "factor_performance_management": Quota(54.0, 46.0),
    "cooperation_across_units": Quota(27.0, 45.5),
    "knows_overall_goals": _by_role((4.0, 86.0), (10.0, 73.0), (11.5, 69.5)),
    "sees_goal_link": _by_role((8.0, 76.0), (22.0, 51.0), (20.0, 52.0)),
    "competition_between_units": Quota(41.0, 30.0),
}

_2023: dict[str, Quota | tuple[Quota, ...]] = {
    # By strength (low + high): experience 82, rules 79, time 76, colleagues 73, leader 71,
    # IT systems 69, performance management 66 as number seven, then the rest (DR1-09, F-06).
    "factor_experience": Quota(5.6, pub.EXPERIENCE_POSITIVE, published=("high",)),
    "factor_rules": Quota(36.5, 42.5),
    "factor_time": Quota(pub.TIME_NEGATIVE, 32.4, published=("low",)),
    "factor_budgets": Quota(40.0, 14.0),
    "factor_performance_management": Quota(32.6, 33.0),
    "factor_leader": Quota(13.0, 58.0),
    "factor_colleagues": Quota(4.6, 68.0),
    "factor_specialists": Quota(12.0, 51.0),
    "factor_it_systems": Quota(37.5, 31.0),
    "factor_training": Quota(17.0, 43.0),
    "factor_cooperation": Quota(10.5, 41.0),
    "factor_user_involvement": Quota(6.5, 42.0),
    "factor_guidelines": Quota(18.5, 39.0),
    "competence_time": Quota(46.0, 29.0),
    "learning_arenas": Quota(34.0, 38.0),
    "cooperation_across_units": Quota(22.0, 51.0),
    "labour_measures_room": Quota(33.0, 36.0),
    "involvement_service_development": _by_role((9.0, 71.0), (36.0, 37.0)),
    "involvement_performance_management": _by_role((14.0, 58.0), (47.0, 26.0)),
    "knows_overall_goals": _by_role((3.0, 88.0), (9.0, 74.0), (11.0, 70.0)),
    "sees_goal_link": _by_role((7.0, 79.0), (18.0, 58.0), (17.0, 56.0)),
    "hindrance_to_trust": (
        Quota(17.0, pub.HINDRANCE_MUCH_APPEALS, node="KAL", published=("high",)),
        Quota(15.0, pub.HINDRANCE_MUCH_CONTACT_CENTRE, node="NKS", published=("high",)),
        Quota(
            pub.HINDRANCE_LITTLE_STAFF,
            pub.HINDRANCE_MUCH_STAFF,
            STAFF,
            published=("low", "high"),
        ),
        *_by_role((39.0, 22.0), (18.0, 41.0)),
    ),
    "competition_between_units": (
        Quota(
            8.0,
            pub.COMPETITION_MUCH_CONTACT_CENTRE_LEADERS,
            LEADERS,
            "NKS",
            published=("high",),
        ),
        Quota(37.0, 35.0),
    ),
    "results_for_learning": Quota(29.0, 41.0),
    "goal_conflict": Quota(38.0, 38.0),
    "state_steering": (Quota(33.0, 30.0, node=COUNTIES), Quota(28.0, 34.0)),
    "municipal_steering": Quota(22.0, 36.0),
    "quantitative_quality": Quota(19.0, 41.0),
    "quantitative_user_meeting": Quota(26.0, 33.0),
    "quantitative_motivation": Quota(pub.QUANTITATIVE_NEGATIVE_MOST, 35.0, published=("low",)),
    "quantitative_cooperation": Quota(22.5, 31.0),
    "quantitative_learning": Quota(pub.QUANTITATIVE_NEGATIVE_LEAST, 39.0, published=("low",)),
    "qualitative_quality": Quota(6.5, 62.0),
    "qualitative_user_meeting": Quota(7.0, 60.0),
    "qualitative_motivation": Quota(9.5, 55.0),
    "qualitative_cooperation": Quota(7.5, 54.0),
    "qualitative_learning": Quota(6.0, 58.0),
}

_2025: dict[str, Quota | tuple[Quota, ...]] = {
    "factor_experience": Quota(5.5, 76.6),
    "factor_rules": Quota(33.0, 45.0),
    "factor_time": Quota(39.2, 34.5),
    "factor_budgets": Quota(44.5, 12.5),
    "factor_performance_management": Quota(28.0, 37.5),
    "factor_leader": Quota(12.5, 58.5),
    "factor_colleagues": Quota(4.8, 67.5),
    "factor_specialists": Quota(12.3, 51.2),
    "factor_it_systems": Quota(36.5, 32.0),
    "factor_training": Quota(14.0, 47.0),
    "factor_cooperation": Quota(10.0, 42.0),
    "factor_user_involvement": Quota(6.3, 42.5),
    "factor_guidelines": Quota(18.0, 39.5),
    "competence_time": Quota(41.5, 33.0),
    "learning_arenas": Quota(30.0, 42.5),
    "cooperation_across_units": Quota(21.5, 52.0),
    "labour_measures_room": Quota(29.5, 40.0),
    "involvement_service_development": _by_role((8.0, 72.0), (29.0, 45.0)),
    "involvement_performance_management": _by_role((13.0, 60.0), (44.0, 29.0)),
    "knows_overall_goals": _by_role((3.0, 88.5), (8.5, 75.0), (10.5, 71.0)),
    "sees_goal_link": _by_role((6.5, 80.0), (15.0, 62.0), (14.5, 60.0)),
    "hindrance_to_trust": Quota(31.0, 27.0),
    "competition_between_units": Quota(40.5, 31.0),
    "results_for_learning": Quota(25.5, 45.5),
    "goal_conflict": Quota(38.5, 37.0),
    "state_steering": (Quota(30.0, 33.0, node=COUNTIES), Quota(27.5, 35.0)),
    "municipal_steering": Quota(22.5, 36.5),
    "quantitative_quality": Quota(18.5, 41.5),
    "quantitative_user_meeting": Quota(25.0, 34.0),
    "quantitative_motivation": Quota(28.5, 36.0),
    "quantitative_cooperation": Quota(22.0, 31.5),
    "quantitative_learning": Quota(14.5, 39.5),
    "qualitative_quality": Quota(6.5, 62.5),
    "qualitative_user_meeting": Quota(7.0, 61.0),
    "qualitative_motivation": Quota(9.0, 56.0),
    "qualitative_cooperation": Quota(7.5, 55.0),
    "qualitative_learning": Quota(6.0, 59.0),
}

PLANS = {2017: _2017, 2023: _2023, 2025: _2025}


@dataclass(frozen=True)
class Tilt:
    """Who leans which way, in standard deviations, when a quota does not say.

    `content` is how far a person's general contentment moves the answer upwards.
    """

    content: float
    roles: dict[str, float]
    nodes: dict[str, float]


_CONTENT = Tilt(0.6, {"leader": 0.35, "union_rep": -0.2, "safety_rep": -0.1}, {})
_BURDEN = Tilt(-0.6, {"leader": -0.35, "union_rep": 0.2}, {"YL": 0.25, "DIR": -0.3})
# Competition varies most: F-21.
_COMPETITION = Tilt(
    -0.2,
    {"leader": 0.6},
    {"KAL": 0.7, "NKS": 0.75, "NAY": 0.6, "NFP": 0.65, "KON": -0.75, "DIR": -0.7},
)


def tilt(question: str) -> Tilt:
    """How the answers to a question lean."""
    if question == "competition_between_units":
        return _COMPETITION
    return _BURDEN if question in ("hindrance_to_trust", "goal_conflict") else _CONTENT
