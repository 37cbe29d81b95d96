"""How far would people of Hallingdal travel, at best, with one office, with two, ... with six?"""

from planner import load_scenario, run
from planner.optimise import p_median
from planner.shipped import SCENARIOS

instance = run(load_scenario(SCENARIOS / "hallingdal" / "modell-a.yaml")).instance
population = instance.municipalities["population"]

print("offices  minutes  hosts")
for offices in range(1, len(population) + 1):
    best = p_median(instance.travel.minutes, offices, weights=population)
    hosts = ", ".join(instance.names[code] for code in best.hosts)
    print(f"{offices:7}  {best.objective / population.sum():7.1f}  {hosts}")
