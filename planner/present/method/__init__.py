"""How figures are made, and what they rest on."""
