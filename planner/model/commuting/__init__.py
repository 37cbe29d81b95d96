"""Commuters between municipalities: a gravity model, observed flows and the rest."""
