"""Python functions run on AWS's own runtime client, `awslambdaric`.

MiniStack runs them in a worker of its own: every failure is reported as `Runtime.HandlerError`, so that no Retry or
Catch of a state machine matches by the error's name; the process is thrown away after each failure; layers come before
the function's code on sys.path; code and layers are unzipped for every worker; and a worker inherits the server's
whole environment.

AWS reports the exception's class name, keeps the process, puts the code before the layers, and sets only its own
variables and the function's. MiniStack does most of that for `provided.*` runtimes, where the function's package
brings a `bootstrap` that speaks the Runtime API, so here a Python function becomes one of those: its bootstrap starts
`awslambdaric` on the interpreter that runs the cloud, whose site-packages stand in for the layer of packages.
"""

import os
import sys
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

BOOTSTRAP = f'#!/bin/sh\nexec "{sys.executable}" -m awslambdaric "$_HANDLER"\n'
# Of the server's own environment a function sees what any process needs, and where certificates lie.
INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR")
# What Lambda itself sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
RESERVED = ("AWS_", "LAMBDA_", "_HANDLER", "_X_AMZN_")

_worker_class_for = lambda_runtime._worker_class_for
_execute_function_warm = lambda_svc._execute_function_warm
_provided_worker_env = lambda_svc._provided_worker_env


def repair() -> None:
    """From now on this MiniStack runs Python functions on awslambdaric."""
    lambda_runtime._worker_class_for = _worker_class
    lambda_svc._execute_function_warm = _execute
    lambda_svc._provided_worker_env = _environment


class PythonWorker(lambda_runtime.ProvidedWorker):  # type: ignore[misc]
    """One execution environment of one Python function."""

    def _spawn(self, init_timeout: float | None = None) -> None:
        code = Path(lambda_svc._provided_runtime_code_dir(self.code_zip))
        bootstrap = code / "bootstrap"
        # MiniStack forks under this lock, so no child can hold the file open for writing while another executes it.
        with lambda_svc._provided_code_lock:
            if not bootstrap.exists():
                bootstrap.write_text(BOOTSTRAP)
                bootstrap.chmod(0o755)
        super()._spawn(init_timeout)

    def _build_handler_class(self, generation: int, pending: Any) -> type:
        class WithoutDelay(super()._build_handler_class(generation, pending)):  # type: ignore[misc]
            # Headers and body go out as two writes: with Nagle's algorithm each invocation waits 40 ms in between.
            disable_nagle_algorithm = True
            wbufsize = -1

        return WithoutDelay

    def _drain_stderr_bounded(
        self, first_line_wait: float = 0.02, idle_confirm: float = 0.005, hard_cap: float = 0.25
    ) -> str:
        """A handler that logged nothing costs 20 ms of waiting for its first line instead of 50."""
        return str(super()._drain_stderr_bounded(first_line_wait, idle_confirm, hard_cap))


def _is_python(config: dict[str, Any]) -> bool:
    return str(config.get("Runtime", "")).startswith("python")


def _worker_class(config: dict[str, Any]) -> type:
    return PythonWorker if _is_python(config) else _worker_class_for(config)


def _execute(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
    if _is_python(func.get("config") or func):
        return lambda_svc._execute_function_provided_warm(func, event, request_id)  # type: ignore[no-any-return]
    return _execute_function_warm(func, event, request_id)  # type: ignore[no-any-return]


def _environment(config: dict[str, Any], code_dir: str, port: int) -> dict[str, str]:
    everything: dict[str, str] = _provided_worker_env(config, code_dir, port)
    if not _is_python(config):
        return everything
    own = (config.get("Environment") or {}).get("Variables") or {}
    environment = {
        name: value
        for name, value in everything.items()
        if name in own or name in INHERITED or name.startswith(RESERVED)
    }
    logging = config.get("LoggingConfig") or {}
    return {
        **environment,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{config['Runtime']}",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": logging.get("LogGroup") or f"/aws/lambda/{config.get('FunctionName')}",
        **({"AWS_LAMBDA_LOG_FORMAT": "JSON"} if logging.get("LogFormat") == "JSON" else {}),
        # awslambdaric puts the working directory, which is the code, before these.
        "PYTHONPATH": os.pathsep.join(f"{layer}/python" for layer in _layers(config)),
        "TZ": ":UTC",
    }


def _layers(config: dict[str, Any]) -> list[str]:
    """The folders of a function's layers, each unzipped once for all workers."""
    zips = (lambda_svc._resolve_layer_zip(reference) for reference in config.get("Layers") or [])
    return [lambda_svc._docker_extracted_dir(layer, "layer") for layer in zips if layer]
