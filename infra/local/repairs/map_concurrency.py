"""A map runs as many items at once as its MaxConcurrencyPath says.

MiniStack knows MaxConcurrency and passes over MaxConcurrencyPath, so that a map with thirty items starts thirty
function workers at once, on a machine that may have two cores.

AWS takes the number from the state's input:
https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
"""

from typing import Any

from ministack.services import stepfunctions

_run_map_items = stepfunctions._run_map_items


def repair() -> None:
    """From now on this MiniStack reads MaxConcurrencyPath."""
    stepfunctions._run_map_items = _run


def _run(state: dict[str, Any], raw_input: Any, execution: dict[str, Any], context: dict[str, Any]) -> Any:
    if path := state.get("MaxConcurrencyPath"):
        effective = stepfunctions._apply_input_path(state, raw_input, context)
        limit = stepfunctions._resolve_path_or_ctx(path, effective, context)
        state = {**state, "MaxConcurrency": int(limit)}
    return _run_map_items(state, raw_input, execution, context)
