"""Lighthouse, as on a slow phone: at least 99 of 100 in each of its four categories."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import tools
from tests.browser.conftest import FLAGS
from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.enable_socket]
AT_LEAST = 99
TIMES = 3
MOST_SLOWDOWN = 4.0
"""Lighthouse's own, which takes the machine for a fast desktop and the phone for one of the middle."""
A_FAST_DESKTOP = 1750.0
"""Lighthouse's BenchmarkIndex of one (its docs/throttling.md: 1,500 to 2,000), which it measures in every run."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def judged(address: str, chromium: str, folder: Path, slowdown: float = MOST_SLOWDOWN) -> dict[str, Any]:
    """Lighthouse's report on one page, with its own mobile profile; `slowdown`: how much slower the phone is than this
    machine."""
    report = folder / "report.json"
    done = tools.node(
        str(tools.installed() / "lighthouse" / "cli" / "index.js"), address, "--quiet",
        "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--throttling.cpuSlowdownMultiplier={slowdown:.1f}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        seconds=300, CHROME_PATH=chromium,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", ["home", "story-longest"])
def test_lighthouse_gives_ninety_nine(
    kind: str, stage: Stage, chromium: str, tools_folder: Path, tmp_path: Path
) -> None:
    """Of three times the best. Where other work leaves this machine slower than a fast desktop, it is slowed down by
    that much less the next time, as Lighthouse tells to calibrate."""
    seen, slowdown = [], MOST_SLOWDOWN
    for _ in range(TIMES):
        report = judged(stage.address + stage.page_types[kind], chromium, tmp_path, slowdown)
        scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
        below = [f"{name}: {audit['title']}" for name, audit in report["audits"].items()
                 if audit["score"] is not None and audit["score"] < 0.9]  # fmt: skip
        index = report["environment"]["benchmarkIndex"]
        seen.append(f"{scores} at BenchmarkIndex {index:.0f}, slowed down {slowdown:.1f} times: {below}")
        if min(scores.values()) >= AT_LEAST:
            return
        slowdown = min(MOST_SLOWDOWN, max(1.0, MOST_SLOWDOWN * index / A_FAST_DESKTOP))
    pytest.fail("\n".join(seen))
