"""The notebook that a teacher opens: our lesson with a learner's texts, their outputs, and what the checks said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coursework.grading.inert import inert_markdown
from coursework.grading.lesson_plan import LessonParts, SubmissionPlan
from coursework.lessons.notebook import grade_id, is_check, source_text


def graded_notebook(
    parts: LessonParts, plan: SubmissionPlan, steps: Sequence[Mapping[str, Any]], kernelspec: Any
) -> dict[str, Any]:
    """Return the notebook that stands under `autograded/`: our lesson with the learner's texts, outputs and results."""
    entries = {entry["name"]: entry for entry in plan.layout if entry["kind"] != "inserted"}
    cells: list[dict[str, Any]] = []
    queue = list(plan.layout)
    for cell in parts.cells:
        entry = entries.get(str(grade_id(cell) or cell.get("id")))
        source, outputs = source_text(cell), []
        if entry is not None:
            while queue[0] is not entry:
                cells.append(_inserted_cell(len(cells), queue.pop(0), steps))
            queue.pop(0)
            step = steps[entry["step"]] if entry["step"] is not None else {}
            if is_check(cell):
                outputs = [_result_output(step["result"])]
            elif cell["cell_type"] == "markdown":
                source = inert_markdown(entry["text"])
            else:
                source, outputs = entry["text"], list(step.get("outputs", []))
        cells.append(_cell(cell, source, outputs))
    cells += [_inserted_cell(len(cells) + number, entry, steps) for number, entry in enumerate(queue)]
    return {"cells": cells, "metadata": {"kernelspec": kernelspec}, "nbformat": 4, "nbformat_minor": 5}


def _cell(cell: Mapping[str, Any], source: str, outputs: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": cell["id"],
        "metadata": cell["metadata"],
        "source": source,
    }
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": outputs}
    return made


def _inserted_cell(number: int, entry: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    outputs = list(steps[entry["step"]].get("outputs", []))
    cell = {"cell_type": "code", "id": f"inserted-{number}", "metadata": {}}
    return _cell(cell, entry["text"], outputs)


def _result_output(result: Mapping[str, Any]) -> dict[str, Any]:
    text = "\n".join([result["headline"], *(f"{f['name']}: {f['message']}" for f in result["findings"])])
    return {"output_type": "stream", "name": "stdout", "text": text + "\n"}
