"""The same estimates by implementations that share nothing with the SQL, on random designs.

R's package survey, whose numbers stand in designs/ beside the script that made them; and the Python
package svy, asked anew for designs that hypothesis makes up. `make prove-estimates` takes two
thousand of these, `make test` fifty.
"""

import csv
import math
import os
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
import svy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

DESIGNS = Path(__file__).parent / "designs"
EXAMPLES = int(os.environ.get("TILLIT_DESIGNS", "50"))
DOMAINS = ("all", "a", "b")


def inside(respondents, domain):
    """The answers that the domain is about; None for who did not answer or is outside of it."""
    return [answer if domain in ("all", part) else None for part, answer in respondents]


def strata_of(design, domain):
    """A design is a list of strata: the headcount, and each respondent's domain and answer."""
    return [
        (headcount / len(respondents), len(respondents) / headcount, inside(respondents, domain))
        for headcount, respondents in design
    ]


def with_errors(mean, variance, with_replacement, _):
    """The mean, and its standard error with and without finite population correction."""
    return mean, *(None if v is None else math.sqrt(v) for v in (variance, with_replacement))


def assert_agree(ours, theirs, asked):
    """The same but for rounding; an error of nothing comes out as 1e-8 of the scale, being the root
    of a difference."""
    for our, their in zip(ours, theirs, strict=True):
        alike = None if their is None else pytest.approx(their, rel=1e-8, abs=1e-7)
        assert our == alike, asked


# --- R -----------------------------------------------------------------------------------------


def rows(name):
    with (DESIGNS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def designs():
    """The random designs that R made, by number."""
    found = defaultdict(list)
    for row in rows("designs.csv"):
        respondents = [
            (said[0], None if said[1:] == "-" else float(said[1:]))
            for said in row["respondents"].split()
        ]
        found[row["design"]].append((int(row["headcount"]), respondents))
    return found


@pytest.fixture(scope="module")
def by_r():
    """For each design and domain what R found; None where it refuses to say."""
    columns = ("mean", "error", "error_with_replacement")
    return {
        (row["design"], row["domain"]): tuple(float(row[c]) if row[c] else None for c in columns)
        for row in rows("estimates.csv")
    }


def test_r_was_asked_about_all_that_is_hard(designs, by_r):
    assert len(by_r) == len(DOMAINS) * len(designs) == 900
    sizes = {len(respondents) for design in designs.values() for _, respondents in design}
    assert min(sizes) == 1
    assert max(sizes) == 120
    strata = [respondents for design in designs.values() for _, respondents in design]
    assert any(all(answer is None for _, answer in respondents) for respondents in strata)
    assert any(all(domain == "b" for domain, _ in respondents) for respondents in strata)
    shares = [found for found in by_r.values() if found[1] == 0]
    assert {0.0, 1.0} < {mean for mean, *_ in shares}
    assert sum(error is None for _, error, _ in by_r.values()) > 20


def test_estimates_are_those_of_r(estimates, designs, by_r):
    ours = estimates([strata_of(designs[number], domain) for number, domain in by_r])
    compared = 0
    for asked, found, theirs in zip(by_r, ours, by_r.values(), strict=True):
        assert_agree(with_errors(*found), theirs, asked)
        compared += 3 - theirs.count(None)
    assert compared > 2500


# --- svy ---------------------------------------------------------------------------------------


def by_svy(design, domain, *, with_replacement=False):
    """Mean and standard error; svy refuses a stratum of one.

    Who is outside of the domain stays in the sample, with an answer that does not count.
    """
    table = pl.DataFrame(
        [
            (stratum, headcount / len(respondents), headcount, answer or 0.0, answer is not None)
            for stratum, (headcount, respondents) in enumerate(design)
            for answer in inside(respondents, domain)
        ],
        schema=["stratum", "weight", "headcount", "answer", "is_inside"],
        orient="row",
    )
    size = None if with_replacement else "headcount"
    sample = svy.Sample(table, svy.Design(stratum="stratum", wgt="weight", pop_size=size))
    found = sample.estimation.mean("answer", where=svy.col("is_inside")).estimates[0]
    return found.est, found.se


SHARES = [st.just(0.0), st.just(1.0), st.sampled_from([0.0, 1.0])]
SCALE = st.integers(1, 5).map(float)


@st.composite
def random_designs(draw):
    """Strata of unequal size, of which some have nobody in a domain, or nobody who answered."""
    answers = draw(st.sampled_from([*SHARES, SCALE]))
    kinds = [st.none() | answers, answers, st.none()]
    parts = [st.just("a"), st.just("b"), st.sampled_from("ab")]
    strata = []
    for _ in range(draw(st.integers(1, 7))):
        respondent = st.tuples(draw(st.sampled_from(parts)), draw(st.sampled_from(kinds)))
        respondents = draw(st.lists(respondent, min_size=2, max_size=25))
        others = draw(st.sampled_from([0, 1, 7, 60, 3000]))
        strata.append((len(respondents) + others, respondents))
    return strata


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(design=random_designs(), domain=st.sampled_from(DOMAINS))
def test_estimates_are_those_of_svy(estimate, design, domain):
    mean, error, with_replacement = with_errors(*estimate(strata_of(design, domain)))
    if not any(a is not None for _, respondents in design for a in inside(respondents, domain)):
        assert (mean, error, with_replacement) == (None, None, None)
        return
    assert_agree((mean, error), by_svy(design, domain), "without replacement")
    theirs = by_svy(design, domain, with_replacement=True)
    assert_agree((mean, with_replacement), theirs, "with replacement")


@settings(max_examples=EXAMPLES, deadline=None)
@given(design=random_designs(), alone=st.sampled_from([0.0, 1.0]))
@example(design=[], alone=1.0)
def test_neither_gives_an_error_where_one_respondent_is_alone_in_a_stratum(estimate, design, alone):
    design = [*design, (4, [("a", alone)])]
    mean, error, with_replacement = with_errors(*estimate(strata_of(design, "all")))
    assert mean is not None
    assert (error, with_replacement) == (None, None)
    with pytest.raises(svy.SvyError, match="singleton"):
        by_svy(design, "all")
