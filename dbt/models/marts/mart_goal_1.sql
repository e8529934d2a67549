{{ survey_part_of_goal(1) }}
