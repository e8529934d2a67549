{{ figures_of_goal(4) }}
