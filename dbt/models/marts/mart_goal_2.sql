{{ figures_of_goal(2) }}
