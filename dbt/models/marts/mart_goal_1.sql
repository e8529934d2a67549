{{ figures_of_goal(1) }}
