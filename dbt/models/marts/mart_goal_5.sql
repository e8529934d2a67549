{{ figures_of_goal(5) }}
