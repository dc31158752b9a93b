"""What a cold start costs: each function's module imported in a fresh process, beside a handler that does nothing.

    python -m tests.benchmarks.cold_start --json tests/benchmarks/cold_start.json

Processor time from the start of the interpreter to the end of the import, and resident memory then, with the layer's
packages alone; the median of interleaved runs. A ratio, because the machine's own pace cancels out; floors.json holds
what the functions that matter may take at most. WriteStory is measured twice more: with the excerpt writer hired, and
with the model's SDK imported, which happens at the first question and not before.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.layer import ENVIRONMENT, linked

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "tests" / "floors.json"
REPORT = """
import resource, sys
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, "anthropic" in sys.modules)
"""
HIRED = """
from newsroom.settings import ModelSettings
from newsroom.writing.writer import hire_writer
hire_writer(ModelSettings(model_provider={provider!r}), None, lambda arn: "")
"""
BARE = "def handler(event, context):\n    return event\n"


def programs() -> dict[str, str]:
    """Name → what a fresh process runs."""
    found = {}
    for path in sorted(ROOT.glob("functions/*/*.py")):
        found[path.stem] = f"import sys; sys.path.insert(0, {str(path.parent)!r}); import {path.stem}"
    writing = found["write_story"]
    found["write_story, excerpt writer hired"] = writing + HIRED.format(provider="none")
    found["write_story, model hired"] = writing + HIRED.format(provider="anthropic")
    found["write_story, first question"] = writing + HIRED.format(provider="anthropic") + "\nimport anthropic"
    return found


def measure(program: str, folder: str) -> tuple[float, float, bool]:
    """(Processor seconds, MB resident, whether the model's SDK was imported)."""
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": folder}
    done = subprocess.run(
        [sys.executable, "-c", program + REPORT], env=environment, capture_output=True, text=True, check=True
    )
    seconds, megabytes, imported = done.stdout.split()[-3:]
    return float(seconds), float(megabytes), imported == "True"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as packages:
        (Path(folder) / "bare.py").write_text(BARE)
        alone = linked(Path(packages))
        every = {"bare": "import bare", **{name: alone + program for name, program in programs().items()}}
        seen: dict[str, list[tuple[float, float, bool]]] = {name: [] for name in every}
        for _ in range(chosen.runs):
            for name, program in every.items():
                seen[name].append(measure(program, folder))
    seconds = {name: statistics.median(one[0] for one in runs) for name, runs in seen.items()}
    figures = {
        name: {
            "ms": round(seconds[name] * 1000),
            "ratio": round(seconds[name] / seconds["bare"], 1),
            "megabytes": round(statistics.median(one[1] for one in runs)),
            "model_imported": runs[0][2],
        }
        for name, runs in seen.items()
    }
    for name, figure in figures.items():
        print(f"{name:40} {figure['ms']:6} ms  × {figure['ratio']:5}  {figure['megabytes']:4} MB")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    failed = missed(figures)
    print("\n".join(failed) or "all floors kept", file=sys.stderr)
    return 1 if failed else 0


def missed(figures: dict[str, dict[str, float]]) -> list[str]:
    """What passes its floor (each is "at most"), and functions that import the model before they need it."""
    floors = json.loads(FLOORS.read_text())["cold_start"]
    early = [name for name, one in figures.items() if one["model_imported"] and not name.endswith("first question")]
    return [f"{name} imports the model's SDK" for name in early] + [
        f"{name}: × {figures[name]['ratio']} of a bare handler, at most {most} is allowed"
        for name, most in floors.items()
        if figures[name]["ratio"] > most
    ]


if __name__ == "__main__":
    sys.exit(main())
