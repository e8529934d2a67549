"""Published figures that the demonstration data are made to agree with.

Belongs here: figures from Delrapport 1 (June 2023), by the id they have in the reference list.
Does not belong here: anything invented; that is in `plan`. Percentages are as published.
"""

RESPONDENTS = 3660  # DR1-01

EXPERIENCE_POSITIVE = 75.93  # DR1-07, all employees
TIME_NEGATIVE = 43.28  # DR1-08, all employees

HINDRANCE_LITTLE_STAFF = 27  # DR1-19, little or very little
HINDRANCE_MUCH_STAFF = 31  # DR1-20, much or very much
HINDRANCE_MUCH_APPEALS = 44  # DR1-21, Klage- og ankelinjen
HINDRANCE_MUCH_CONTACT_CENTRE = 49  # DR1-22, NAV kontaktsenter
COMPETITION_MUCH_CONTACT_CENTRE_LEADERS = 80  # DR1-23

QUANTITATIVE_NEGATIVE_LEAST = 15  # DR1-24, lower end of the range over factors
QUANTITATIVE_NEGATIVE_MOST = 30  # DR1-24, upper end

GOVERNING_COUNTIES = 212  # DR1-12, letters of 2022 to NAV fylke
GOVERNING_BENEFITS_LINE = 189  # DR1-13, to YL
GOVERNING_FINANCE_LINE = 58  # DR1-14, to ØL
MUNICIPALITIES_ASKED = 40  # DR1-04
MUNICIPALITIES_DELIVERED = 29  # DR1-05
PROJECTS_MORE_THAN = 50  # DR1-26
GRANT_INITIATIVES_MORE_THAN = 200  # DR1-27
UNITS_THAT_SENT_CHALLENGES = 33  # DR1-28
