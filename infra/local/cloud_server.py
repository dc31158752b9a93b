"""The process of the local cloud: MiniStack with its repairs, configured by environment variables.

`LocalCloud` starts it and holds the other end of its standard input: when the owner dies, however it dies, the input
ends and the server stops as if it had been told to, saving its state.
"""

import os
import signal
import subprocess
import sys
import threading

WORKER_SECONDS = 2.0


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or the end of standard input; `--plain` leaves MiniStack unrepaired."""
    threading.Thread(target=_stop_with_owner, name="owner", daemon=True).start()
    if "--plain" not in arguments:
        from infra.local import repairs

        repairs.apply()
    from ministack.app import main as serve

    sys.argv = ["ministack"]
    try:
        serve()
    finally:
        _end_workers()


def _end_workers() -> None:
    """MiniStack leaves the workers of functions to themselves; here none outlives the server, nor stays unreaped."""
    from ministack.core import cloudfront_js, lambda_runtime

    processes = [worker._proc for pool in lambda_runtime._workers.values() for worker in pool if worker._proc]
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    cloudfront_js._pool.reset()


def _stop_with_owner() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
