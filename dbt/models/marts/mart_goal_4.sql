{{ survey_part_of_goal(4) }}
