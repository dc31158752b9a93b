"""A walk through a state machine with scripted answers: flow only, no clock, no cloud.

It knows the part of the Amazon States Language (JSONPath) that our two machines use, and refuses the rest, so
that a machine which starts using more fails here instead of being half understood.
"""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

INFRA = Path(__file__).resolve().parents[2] / "infra"
Answer = Callable[[dict[str, Any]], Any]
DISTRIBUTED_ONLY = {"ItemReader", "Label", "ResultWriter", "ToleratedFailurePercentagePath"}
KNOWN_OF_MAPS = DISTRIBUTED_ONLY | {
    *("Catch", "Comment", "End", "ItemProcessor", "ItemSelector", "ItemsPath", "MaxConcurrency", "MaxConcurrencyPath"),
    *("Next", "OutputPath", "ResultPath", "ResultSelector", "Type"),
}
"""Not `ItemBatcher`: it cuts its batches after a number of items, whatever belongs together. The manifest has ours."""


class Failure(Exception):
    """An error by name, as a task raises it or an execution ends with it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def definition(name: str) -> dict[str, Any]:
    """`edition` or `briefing`, as it is deployed but for the substitutions."""
    machine: dict[str, Any] = yaml.safe_load((INFRA / f"{name}.asl.yaml").read_text())
    return machine


@dataclass
class Walk:
    """One execution. `answers` maps a task's state to what it returns (or raises, as Failure)."""

    machine: dict[str, Any]
    answers: dict[str, Answer]
    execution: str = "arn:aws:states:::execution:walk"
    started: str = "2026-11-23T19:17:42Z"
    path: list[str] = field(default_factory=list)
    largest: int = 0
    """Bytes of the largest payload that entered or left a state."""
    result: Any = None
    handed: dict[str, Any] = field(default_factory=dict)
    """What each task was given last."""
    read: Callable[[str], bytes] | None = None
    """Documents of the bucket that a distributed map reads its items from, by key."""
    waited: list[str] = field(default_factory=list)
    """Until when, each time."""
    written: dict[str, list[Any]] = field(default_factory=dict)
    """Prefix in the bucket → the results that a distributed map wrote there."""

    def run(self, given: Any) -> Any:
        context = {"Execution": {"Id": self.execution, "StartTime": self.started, "Input": given}}
        self.result = self._states(self.machine, copy.deepcopy(given), context)
        return self.result

    def _states(self, machine: dict[str, Any], data: Any, context: dict[str, Any]) -> Any:
        name = machine["StartAt"]
        for _ in range(1000):
            self.path.append(name)
            self._weigh(data)
            state = machine["States"][name]
            try:
                data, following = self._state(name, state, data, context)
            except Failure as failure:
                catcher = next((c for c in state.get("Catch", ()) if _matches(c["ErrorEquals"], failure.name)), None)
                if catcher is None:
                    raise
                cause = {"Error": failure.name, "Cause": "scripted"}
                data, following = _put(data, cause, catcher.get("ResultPath", "$")), catcher["Next"]
            self._weigh(data)
            if following is None:
                return data
            name = following
        raise AssertionError(f"a thousand states and no end: {self.path[-10:]}")

    def _state(self, name: str, state: dict[str, Any], data: Any, context: dict[str, Any]) -> tuple[Any, str | None]:
        kind = state["Type"]
        if kind == "Succeed":
            return data, None
        if kind == "Fail":
            raise Failure(_get(data, state["ErrorPath"], context) if "ErrorPath" in state else state["Error"])
        if kind == "Choice":
            return data, next((c["Next"] for c in state["Choices"] if _holds(c, data)), state["Default"])
        if kind == "Pass":
            result = state["Result"] if "Result" in state else _template(state["Parameters"], data, context)
            return _put(data, result, state.get("ResultPath", "$")), state.get("Next")
        if kind == "Wait":
            self.waited.append(_get(data, state["TimestampPath"], context))
            return data, state["Next"]
        if kind == "Map":
            result = self._map(state, data, context)
        elif kind == "Task":
            result = self._task(name, state, data, context)
        else:
            raise AssertionError(f"{name}: this walk does not know {kind}")
        if "ResultSelector" in state:
            result = _template(state["ResultSelector"], result, context)
        data = _put(data, result, state.get("ResultPath", "$"))
        return _get(data, state.get("OutputPath", "$"), context), state.get("Next")

    def _map(self, state: dict[str, Any], data: Any, context: dict[str, Any]) -> Any:
        unknown = set(state) - KNOWN_OF_MAPS
        assert not unknown, f"this walk does not know {sorted(unknown)} of a map"
        distributed = state["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
        assert distributed or not DISTRIBUTED_ONLY & set(state), "an inline map knows no readers and no tolerance"
        if "MaxConcurrencyPath" in state:
            most = 10_000 if distributed else 40
            assert 1 <= _get(data, state["MaxConcurrencyPath"], context) <= most, f"{most} at a time at most"
        items = self._items(state["ItemReader"], data, context) if "ItemReader" in state else None
        items = _get(data, state["ItemsPath"], context) if items is None else items
        share = state.get("ToleratedFailurePercentagePath")
        tolerated = _get(data, share, context) if share else 0
        results, failed = [], 0
        for index, value in enumerate(items):
            inner = {**context, "Map": {"Item": {"Index": index, "Value": value}}}
            item = _template(state["ItemSelector"], data, inner)
            try:
                results.append(self._states(state["ItemProcessor"], item, inner))
            except Failure:
                if not distributed:
                    raise
                failed += 1
            if failed * 100 > tolerated * len(items):
                raise Failure("States.ExceedToleratedFailureThreshold")
        if "ResultWriter" not in state:
            return results
        where = _template(state["ResultWriter"]["Parameters"], data, context)
        self.written[where["Prefix"]] = results
        return {"MapRunArn": "arn:aws:states:::mapRun:walk", "ResultWriterDetails": where}

    def _items(self, reader: dict[str, Any], data: Any, context: dict[str, Any]) -> list[Any]:
        """Of a JSON document in the bucket, as `ItemReader` gives them; a child's input is weighed like any payload."""
        assert reader["Resource"] == "arn:aws:states:::s3:getObject"
        assert reader["ReaderConfig"] == {"InputType": "JSON"}
        assert self.read, "this walk was given no bucket"
        try:
            items = json.loads(self.read(_template(reader["Parameters"], data, context)["Key"]))
        except (LookupError, ValueError) as exc:
            raise Failure("States.ItemReaderFailed") from exc
        assert isinstance(items, list)
        return items

    def _task(self, name: str, state: dict[str, Any], data: Any, context: dict[str, Any]) -> Any:
        tries: dict[int, int] = {}
        while True:
            state_context = {"Name": name, "RetryCount": sum(tries.values())}
            parameters = _template(state["Parameters"], data, {**context, "State": state_context})
            given = self.handed[name] = parameters.get("Payload", parameters)
            try:
                answer = self.answers[name](given)
                return {"Payload": answer} if "Payload" in parameters else answer
            except Failure as failure:
                self.path.append(f"{name}!{failure.name}")
                retriers = enumerate(state.get("Retry", ()))
                found = next(((i, r) for i, r in retriers if _matches(r["ErrorEquals"], failure.name)), None)
                if found is None or tries.get(found[0], 0) >= found[1].get("MaxAttempts", 3):
                    raise
                tries[found[0]] = tries.get(found[0], 0) + 1

    def _weigh(self, data: Any) -> None:
        self.largest = max(self.largest, len(json.dumps(data, ensure_ascii=False).encode()))


def _matches(names: list[str], name: str) -> bool:
    return name in names or "States.ALL" in names


def _get(data: Any, path: str, context: dict[str, Any]) -> Any:
    if path.startswith("$$"):
        data, path = context, path[1:]
    assert re.fullmatch(r"\$(\.\w+)*", path), f"this walk does not know the path {path}"
    for part in path.split(".")[1:]:
        assert isinstance(data, dict), f"{path}: nothing at {part}"
        assert part in data, f"{path}: nothing at {part}"
        data = data[part]
    return data


def _put(data: Any, result: Any, path: str | None) -> Any:
    if path is None:
        return data
    if path == "$":
        return result
    assert re.fullmatch(r"\$\.\w+", path), f"this walk does not know the path {path}"
    return {**data, path[2:]: result}


def _template(template: Any, data: Any, context: dict[str, Any]) -> Any:
    if not isinstance(template, dict):
        return template
    return {
        key.removesuffix(".$"): _get(data, value, context) if key.endswith(".$") else _template(value, data, context)
        for key, value in template.items()
    }


def _holds(choice: dict[str, Any], data: Any) -> bool:
    if "And" in choice:
        return all(_holds(one, data) for one in choice["And"])
    value = _get(data, choice["Variable"], {})
    comparisons = {
        "BooleanEquals": lambda wanted: value is wanted,
        "StringEquals": lambda wanted: value == wanted,
        "NumericLessThan": lambda wanted: value < wanted,
    }
    (comparison,) = set(choice) - {"Variable", "Next"}
    return bool(comparisons[comparison](choice[comparison]))
