"""Weights as exchange rates in words: what an office, or a commuter, is worth in minutes."""

from __future__ import annotations

from babel.numbers import format_decimal

from planner.model.limits import TERMS
from planner.model.weights import Weights
from planner.present.words.text import LOCALES, language, text


def exchange_sentence(term: str, weights: Weights) -> str:
    """Say what a unit of a term is worth in minutes of mean travel, under some weights.

    Parameters
    ----------
    term : one of `planner.model.limits.TERMS`.
    weights : all of them, since each is measured by the weight of travel.
    """
    rate, travel = float(getattr(weights, term)), weights.travel
    if not rate:
        return text(f"weight.idle.{term}")
    if term == "travel":
        return text("weight.rate.travel")
    if not travel:
        return text("proposal.rate_without_travel", weight=rate_figure(rate))
    return text(f"weight.rate.{term}", minutes=rate_figure(rate / travel))


def exchange_sentences(weights: Weights) -> list[str]:
    """Say what each term that counts is worth, in the order of the terms."""
    counting = [term for term in TERMS if getattr(weights, term)]
    return [exchange_sentence(term, weights) for term in counting]


def rate_figure(rate: float) -> str:
    """Write a rate with at most three digits that count."""
    pattern = "#,##0" if rate >= 100 or not rate else "@##"  # noqa: PLR2004 - three digits
    return format_decimal(rate, pattern, locale=LOCALES[language()])
