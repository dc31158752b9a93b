"""The process of the local cloud: MiniStack with its repairs, configured by environment variables.

`LocalCloud` starts it and holds the other end of its standard input: when the owner dies, however it dies, the input
ends and the server stops as if it had been told to, saving its state.
"""

import os
import signal
import sys
import threading


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or the end of standard input; `--plain` leaves MiniStack unrepaired."""
    threading.Thread(target=_stop_with_owner, name="owner", daemon=True).start()
    if "--plain" not in arguments:
        from infra.local import repairs

        repairs.apply()
    from ministack.app import main as serve

    sys.argv = ["ministack"]
    serve()


def _stop_with_owner() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
