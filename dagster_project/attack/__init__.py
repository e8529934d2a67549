"""The attack: what an outsider can compute of hidden groups from a release's tables alone.

Shares no code with disclosure/, so that a fault there is not repeated here.

evidence  what the tables say: cells, shown or hidden, and which add up
bounds    the narrowest interval of each hidden number, by linear programming
assets    the gate: a release in which the attack succeeds is not published
"""
