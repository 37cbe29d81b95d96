"""The p-median where hosts have capacities: knapsack bounds, client sets, neighbourhoods."""
