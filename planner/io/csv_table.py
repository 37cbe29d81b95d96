"""Reading a table at the border: text to typed columns, every fault named by line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.csv_rows import MOST_FAULTS, read_rows
from planner.lean_imports import hidden

#: No figure of any table is as large; whole numbers below it are exact.
LARGEST = 1e12


def read_table(bundle: Bundle, table_id: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Read a registered CSV table and validate it.

    Parameters
    ----------
    bundle : folder of registered tables.
    table_id : id in the register.
    schema : columns with their types and checks; columns of type ``str`` keep leading zeros,
        and an empty field is missing.

    Raises
    ------
    DataError : the file is missing, changed, not readable as CSV, or does not fit the schema.
    """
    path = bundle.present(table_id)
    if bundle.is_unchanged(table_id):
        key = ("table", path, bundle.source(table_id).sha256, id(schema))
        return bundle.memo.get(key, lambda: read_csv(path, schema)).copy()
    faults = [bundle.change_of(table_id)]
    try:
        read_csv(path, schema)  # to say what changed, not only that something did
    except DataError as error:
        faults += error.faults
    raise DataError(faults)


def read_csv(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Read one CSV file and validate it; see `read_table`."""
    heading, *rows = read_rows(path)
    frame = pd.DataFrame(rows, columns=heading, dtype=object)
    return validated(frame.where(frame != "", np.nan).astype("str"), schema, path)


def validated(frame: pd.DataFrame, schema: pa.DataFrameSchema, path: Path) -> pd.DataFrame:
    """Convert a table of text to the schema's types and check it.

    Row r of the frame is taken to stand on line r + 2 of the file (one header line).

    Raises
    ------
    DataError : every missing or unknown column, unreadable value and failed check.
    """
    faults = _column_faults(frame, schema, path)
    if faults:
        raise DataError(faults)
    typed = pd.DataFrame(
        {
            name: _typed(frame[name], column, path, faults)
            for name, column in schema.columns.items()
            if name in frame
        }
    )
    if faults:
        raise DataError(faults)
    try:
        with hidden("geopandas"):  # pandera looks for its column types
            return schema.validate(typed, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise DataError(_check_faults(errors.failure_cases, path)) from None


def _column_faults(frame: pd.DataFrame, schema: pa.DataFrameSchema, path: Path) -> list[Fault]:
    known = ", ".join(schema.columns)
    faults = [
        Fault(str(path), 1, str(name), f"the column is missing. Expected columns: {known}.")
        for name, column in schema.columns.items()
        if column.required and name not in frame
    ]
    faults += [
        Fault(str(path), 1, str(name), f"unknown column. Expected columns: {known}.")
        for name in frame
        if name not in schema.columns
    ]
    return faults


def _typed(values: pd.Series, column: pa.Column, path: Path, faults: list[Fault]) -> pd.Series:
    kind: Any = str(column.dtype)
    known: pd.Series[Any]
    if kind == "bool":
        known = values.map({"true": True, "false": False})
        expected = "expected true or false"
    elif kind.startswith(("int", "Int", "float")):
        known = pd.to_numeric(values, errors="coerce")
        known = known.where(known.abs() < LARGEST)  # infinity is no figure of any table
        expected = "expected a number"
        if not kind.startswith("float"):
            known = known.where(known == known.round())
            expected = "expected a whole number"
    elif kind.startswith("datetime"):
        known = pd.to_datetime(values, errors="coerce", format="%Y-%m-%d")
        expected = "expected a date such as 2020-01-31"
    else:
        return values
    optional = values.isna() & column.nullable
    wrong = np.flatnonzero(known.isna() & ~optional)
    faults += [
        Fault(str(path), int(row) + 2, str(values.name), f"got {_shown(values[row])}, {expected}.")
        for row in wrong[:MOST_FAULTS]
    ]
    return known if wrong.size else known.astype(kind)


def _check_faults(cases: pd.DataFrame, path: Path) -> list[Fault]:
    faults = []
    for case in cases.head(MOST_FAULTS).to_dict("records"):
        line = 0 if pd.isna(case["index"]) else int(case["index"]) + 2
        column = "" if pd.isna(case["column"]) else str(case["column"])
        check = str(case["check"])
        value = _shown(case["failure_case"])
        if check == "multiple_fields_uniqueness":
            message = f"{value}, with the other columns of the key, stands more than once."
        elif case["schema_context"] == "DataFrameSchema":  # across columns: told once a row
            column, message = "", f"expected {check}."
        elif check == "not_nullable":
            message = "no value. Every row needs one."
        elif check == "field_uniqueness":
            message = f"{value} stands more than once."
        else:
            message = f"got {value}, expected {check}."
        faults.append(Fault(str(path), line, column, message))
    return faults


def _shown(value: Any) -> str:  # noqa: ANN401 - a cell may hold anything
    return "nothing" if pd.isna(value) else repr(value)
