"""What MiniStack 1.5.33 does differently from AWS and this newsroom would notice, repaired.

Each repair is a module with one function `repair`, and a test that fails once plain MiniStack no longer needs it.
"""

from importlib.metadata import version

MINISTACK = "1.5.33"


class OtherMiniStackError(Exception):
    """The repairs were written for another version of MiniStack than the one installed."""


def apply() -> None:
    """Repair the MiniStack of this process; it must not be serving yet.

    Raises OtherMiniStackError: the repairs reach into MiniStack's private parts, so each version is looked at anew.
    """
    installed = version("ministack")
    if installed != MINISTACK:
        raise OtherMiniStackError(f"the repairs are for ministack {MINISTACK}, installed is {installed}")

    from infra.local.repairs import map_concurrency, missing_page, python_runtime, sent_mail, yaml_definition

    map_concurrency.repair()
    missing_page.repair()
    python_runtime.repair()
    sent_mail.repair()
    yaml_definition.repair()
