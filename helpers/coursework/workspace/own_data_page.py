"""The notebook for a learner's own table: the course's method step by step, on an example until there's another one."""

from __future__ import annotations

from coursework.workspace.notebook_page import code_cell, notebook_page, text_cell

OWN_DATA = "your_data.ipynb"

_OPENING = """\
# Your data

This notebook measures your own table with the course's functions, step by step. It starts with an example, patients
whose thyroid was tested, so you can run all cells first. Then change the first two code cells. Nothing leaves your
machine.

`course measure TABLE --target COLUMN` does the same in a terminal and writes a report."""

_STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "table",
        "## 1. The table\n\nFor your own table, use `pd.read_csv`. Drop columns that are known only after the target "
        "is, and columns that only name a row. If a number is listed among the categories, it was read as text.",
        """\
import pandas as pd

from imbalanced_course import measure
from imbalanced_course.plots import captioned
from imbalanced_course.real_data import load_thyroid
from imbalanced_course.study import as_table

frame = load_thyroid()  # or pd.read_csv("my-table.csv").drop(columns=["id"])
table = as_table(frame, "hypothyroid")  # also positive="yes", group="patient", time="date"
print("Positive are the rows whose target is", table.positive)
print("Numbers", table.numbers, "categories", table.categories)\
""",
    ),
    (
        "goal",
        "## 2. The goal\n\nSay what a miss and a false alarm cost, or how many alerts per 1,000 rows you can look at "
        "(`budget=20`).",
        """\
goal = measure.goal_for(table.y, cost_miss=20, cost_alarm=1)
minutes = 3
print(f"An alert is worth its cost from a probability of {goal.threshold:.3g} on.")""",
    ),
    (
        "facts",
        "## 3. What the data are\n\nA column that alone ranks nearly perfectly may be a leak, and a column that has "
        "another value in each row may be an identifier.",
        """\
facts = measure.facts_of(table)
print(f"{facts.positives} of {facts.rows} rows are positive, and {facts.duplicates} equal an earlier one.")
print("Leak suspects", facts.suspects, "identifiers", facts.identifiers, "constants", facts.constants)
facts.alone.head(10).round(3).to_frame("ROC AUC alone")""",
    ),
    (
        "compare",
        "## 4. Models and treatments\n\nEach model is measured as the library gives it, then tuned, and then with the "
        "treatments that the course's study found worth trying for about as many positives.",
        """\
measure.require_enough(table, goal)
comparison = measure.compare(table, minutes=minutes, advance=measure.notebook_bar())
rows = measure.judged(comparison, goal)
advice = measure.advise(comparison, rows, facts, goal)""",
    ),
    (
        "ranking",
        "## 5. Does it rank well?",
        """\
captioned(measure.interval_picture(rows, "average_precision", advised=advice.one), measure.CAPTIONS["ranking"])
measure.table(rows, ["average_precision", "roc_auc"])""",
    ),
    (
        "probabilities",
        "## 6. Can you believe the probabilities?",
        """\
model = advice.one if advice.one in comparison.found else next(iter(comparison.found))
captioned(measure.reliability_picture(comparison, model), measure.CAPTIONS["reliability"])
measure.table(rows, ["log_loss", "log_loss_calibrated", "brier"])""",
    ),
    (
        "decision",
        "## 7. What does the decision cost?\n\nCosts are per 1,000 rows.",
        """\
captioned(measure.interval_picture(rows, "cost", advised=advice.one), measure.CAPTIONS["cost"])
measure.table(rows, ["cost", "precision", "recall", "alerts"])""",
    ),
    (
        "curve",
        "## 8. What if your costs were different?",
        'captioned(measure.benefit_picture(comparison, model, goal), measure.CAPTIONS["benefit"])',
    ),
    (
        "advice",
        "## 9. What to do, and what this table can't tell",
        'print(*advice.watch, *advice.do, *advice.cannot, sep="\\n\\n")',
    ),
    (
        "use",
        "## 10. Use it on new rows\n\nThe function returns calibrated probabilities for rows with the same columns. If "
        "the advice is to use no model, the probabilities are those of the first one.",
        """\
predict = measure.fit_advised(comparison, model)
new_rows = table.X.head(5)
pd.DataFrame({"probability": predict(new_rows), "flag": measure.flagged(predict(new_rows), goal)}).round(3)""",
    ),
)


def own_data_page() -> bytes:
    """Return the notebook as bytes."""
    cells = [text_cell("opening", _OPENING)]
    for name, text, code in _STEPS:
        cells += [text_cell(f"{name}-text", text), code_cell(name, code)]
    return notebook_page(cells)
