"""A state machine's definition file may be YAML.

sam uploads the file of `DefinitionUri` as it is and names it as the DefinitionS3Location. MiniStack stores its text and
parses it as JSON when an execution starts, so that every execution of a machine written in YAML fails with
InvalidDefinition.

AWS takes JSON or YAML there:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-stepfunctions-statemachine-s3location.html
"""

import json
from typing import Any

import yaml
from ministack.services.cloudformation import provisioners

_sfn_definition = provisioners._sfn_definition


def repair() -> None:
    """From now on this MiniStack's CloudFormation turns YAML definitions into JSON."""
    provisioners._sfn_definition = _definition


def _definition(properties: dict[str, Any]) -> str:
    return as_json(_sfn_definition(properties))


def as_json(definition: str) -> str:
    """The definition in JSON; one that is JSON already stays as it is.

    Raises ValueError, which fails the resource as AWS does, when it is neither.
    """
    try:
        json.loads(definition)
    except json.JSONDecodeError:
        try:
            return json.dumps(yaml.safe_load(definition))
        except (yaml.YAMLError, TypeError) as wrong:
            raise ValueError(f"the state machine definition is neither JSON nor YAML: {wrong}") from wrong
    return definition
