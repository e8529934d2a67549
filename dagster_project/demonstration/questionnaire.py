"""What the demonstration surveys ask, of whom, and in which column the answer lies.

Belongs here: scales, items, columns and routing of each wave.
Does not belong here: how people answer; that is in `plan`. Items answer in five steps from low (1)
to high (5); `DONT_KNOW` stands beside them. A four-step scale leaves out the middle.
"""

from dataclasses import dataclass

from dagster_project.demonstration.organisation import ROLES

DONT_KNOW = 9
STAFF, LEADERS, REPRESENTATIVES = ("staff",), ("leader",), ("union_rep", "safety_rep")

ROLE_LABELS = {
    "staff": "Medarbeider",
    "leader": "Leder",
    "union_rep": "Tillitsvalgt",
    "safety_rep": "Verneombud",
}

_DONT_KNOW = {DONT_KNOW: "Vet ikke eller ikke relevant"}
SCALES = {
    "effect5": {
        1: "Svært negativt",
        2: "Negativt",
        3: "Verken negativt eller positivt",
        4: "Positivt",
        5: "Svært positivt",
        **_DONT_KNOW,
    },
    "effect4": {
        1: "Svært negativt",
        2: "Negativt",
        4: "Positivt",
        5: "Svært positivt",
        **_DONT_KNOW,
    },
    "agree5": {
        1: "Helt uenig",
        2: "Delvis uenig",
        3: "Verken enig eller uenig",
        4: "Delvis enig",
        5: "Helt enig",
        **_DONT_KNOW,
    },
    "burden5": {1: "Svært lite", 2: "Lite", 3: "Noe", 4: "Mye", 5: "Svært mye", **_DONT_KNOW},
}


@dataclass(frozen=True)
class Item:
    """One question of one wave; `columns` says which roles find it in which column."""

    question: str
    scale: str
    label: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(role for _, roles in self.columns for role in roles)


def questionnaire(year: int) -> list[Item]:
    """The items of the wave, in the order in which they are asked."""
    return _asked_2017() if year == 2017 else _asked_since_2023()


def _asked_2017() -> list[Item]:
    asked = (
        ("factor_experience", "effect5", "Egen erfaring og kompetanse"),
        ("factor_rules", "effect5", "Regelstyring"),
        ("factor_time", "effect5", "Tid"),
        ("factor_budgets", "effect5", "Budsjetter"),
        ("factor_performance_management", "effect4", "Mål- og resultatstyring"),
        ("cooperation_across_units", "agree5", "Samarbeid på tvers av enheter"),
        ("knows_overall_goals", "agree5", "Kjenner NAVs overordnede mål"),
        ("sees_goal_link", "agree5", "Ser sammenhengen mellom målene"),
        ("competition_between_units", "burden5", "Konkurranse mellom enheter"),
    )
    return [
        Item(question, scale, label, ((f"Spm{number}", ROLES),))
        for number, (question, scale, label) in enumerate(asked, start=1)
    ]


FACTORS = (
    ("experience", "Egen erfaring og kompetanse"),
    ("rules", "Regelstyring"),
    ("time", "Tid"),
    ("budgets", "Budsjetter"),
    ("performance_management", "Mål- og resultatstyring"),
    ("leader", "Nærmeste leder"),
    ("colleagues", "Kolleger"),
    ("specialists", "Tilgang til spesialister"),
    ("it_systems", "IT-systemer"),
    ("training", "Opplæring og kurs"),
    ("cooperation", "Samarbeid med andre enheter"),
    ("user_involvement", "Brukermedvirkning"),
    ("guidelines", "Veiledere og rutiner"),
)
GOAL_EFFECTS = (
    ("quality", "Kvaliteten i arbeidet"),
    ("user_meeting", "Møtet med brukerne"),
    ("motivation", "Motivasjonen"),
    ("cooperation", "Samarbeidet"),
    ("learning", "Læringen"),
)


def _asked_since_2023() -> list[Item]:
    return [
        *(_item(f"factor_{n}", "effect5", label, f"Q1_{i}") for i, (n, label) in _count(FACTORS)),
        _item("competence_time", "agree5", "Tid til å utvikle kompetanse", "Q2_1"),
        _item("learning_arenas", "agree5", "Arenaer for læring", "Q2_2"),
        _item("cooperation_across_units", "agree5", "Samarbeid på tvers av enheter", "Q2_3"),
        _item("labour_measures_room", "agree5", "Handlingsrom i arbeidsmarkedstiltak", "Q2_4",
              STAFF + LEADERS),
        _pair("involvement_service_development", "Involvering i tjenesteutvikling", "Q3_1"),
        _pair("involvement_performance_management",
              "Involvering i mål- og resultatstyring", "Q3_2"),
        _item("knows_overall_goals", "agree5", "Kjenner NAVs overordnede mål", "Q3_3"),
        _item("sees_goal_link", "agree5", "Ser sammenhengen mellom målene", "Q3_4"),
        _item("hindrance_to_trust", "burden5", "Hinder for tillit", "Q4_1"),
        _item("competition_between_units", "burden5", "Konkurranse mellom enheter", "Q4_2"),
        _item("results_for_learning", "agree5", "Resultater brukes til læring", "Q4_3"),
        _item("goal_conflict", "agree5", "Målkonflikt", "Q4_4", LEADERS),
        _item("state_steering", "effect5", "Statlig styring", "Q4_5", LEADERS),
        _item("municipal_steering", "effect5", "Kommunal styring", "Q4_6", LEADERS),
        *(_item(f"quantitative_{n}", "effect5", f"Kvantitative mål: {label}", f"Q5_{i}")
          for i, (n, label) in _count(GOAL_EFFECTS)),
        *(_item(f"qualitative_{n}", "effect5", f"Kvalitative mål: {label}", f"Q6_{i}")
          for i, (n, label) in _count(GOAL_EFFECTS)),
    ]  # fmt: skip


def _item(
    question: str, scale: str, label: str, column: str, roles: tuple[str, ...] = ROLES
) -> Item:
    return Item(question, scale, label, ((column, roles),))


def _pair(question: str, label: str, column: str) -> Item:
    """The same matter asked of leaders and of representatives, in a column each."""
    return Item(
        question, "agree5", label, ((f"{column}L", LEADERS), (f"{column}T", REPRESENTATIVES))
    )


def _count(
    names: tuple[tuple[str, str], ...],
) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(names, start=1))
