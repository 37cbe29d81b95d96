"""Spellings: when two are one name, and which known one is nearest."""

from planner.spelling import key, nearest


def test_spelling_key() -> None:
    assert key(" Sør–Varanger ") == key("sør varanger")
    assert key("Čáhcesuolu") == key("cahcesuolu")
    assert key("Ål") != key("Al")
    assert key("Bø") != key("Bo")


def test_nearest_spellings_are_ranked() -> None:
    known = ["Hemnes", "Hemsedal", "Hemne"]
    assert nearest("Hemnse", known) == ("Hemnes", "Hemne")  # a transposition is one edit
    assert nearest("Hemse", known, least_likeness=0.5, most=2) == ("Hemne", "Hemnes")
    assert nearest("Oslo", known) == ()
    assert nearest("Oslo", []) == ()


def test_missing_letters_and_qualifiers_are_no_edits() -> None:
    known = ["Averøy", "Herøy (Nordland)", "Herøy (Møre og Romsdal)"]
    assert nearest("Heroy", known) == ("Herøy (Nordland)", "Herøy (Møre og Romsdal)")
    assert nearest("Heroey (Nordland)", known) == ("Herøy (Nordland)", "Herøy (Møre og Romsdal)")
