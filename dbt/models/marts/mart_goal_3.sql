{{ figures_of_goal(3) }}
