"""What a function finds at AWS: the packages of the layer and nothing else that happens to be installed here.

Packages of the gate and the local cloud change a cold start when they are in reach (botocore looks for awscrt, urllib3
for pyOpenSSL), so a process that is measured sees a folder of links to the layer's own.
"""

import re
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ROOT / "layers" / "packages" / "requirements.txt"
NOT_OURS = "import sys; sys.path[:] = [one for one in sys.path if 'site-packages' not in one] + {paths!r}\n"
ENVIRONMENT = {
    "POWERTOOLS_TRACE_DISABLED": "true",
    "POWERTOOLS_METRICS_NAMESPACE": "Newsroom",
    "POWERTOOLS_SERVICE_NAME": "newsroom",
    "PYDANTIC_DISABLE_PLUGINS": "true",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""As template.yaml sets it."""


def linked(folder: Path) -> str:
    """Fill a folder with links to the layer's packages; the first line of a program that is to see them alone."""
    for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[a-z0-9,]+\])?==", LOCKED.read_text(), re.MULTILINE):
        found = distribution(name)
        for top in sorted({file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}):
            link = folder / top
            if not link.exists():
                link.symlink_to(Path(str(found.locate_file(top))))
    return NOT_OURS.format(paths=[str(folder), str(ROOT / "layers" / "newsroom")])
