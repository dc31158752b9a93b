"""Every page of the sample site is valid HTML by two validators, and every link on it leads somewhere."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import tools
from tests.browser.stage import Stage
from tests.site import reading

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
RULES = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y"],
    # Matters of taste: a button in a form submits it, and a scrolling table is a region.
    "rules": {"no-implicit-button-type": "off", "prefer-native-element": "off"},
}


@pytest.fixture(scope="module")
def folder(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page as a file."""
    root = tmp_path_factory.mktemp("pages")
    for path in stage.pages:
        file = stage.house.files.files[reading_key(path)]
        place = root / file.key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.body)
    return root


def reading_key(path: str) -> str:
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def test_html_validate_finds_nothing(folder: Path, tools_folder: Path) -> None:
    rules = folder / "html-validate.json"
    rules.write_text(json.dumps(RULES))
    done = tools.node(
        str(tools_folder / "html-validate" / "bin" / "html-validate.mjs"),
        "--config", str(rules), "--formatter", f"json={folder / 'found.json'}", "--ext", "html", str(folder),
    )  # fmt: skip
    found = {
        f"{Path(page['filePath']).relative_to(folder)}: {one['ruleId']} {one['message']}"
        for page in json.loads((folder / "found.json").read_text(encoding="utf-8"))
        for one in page["messages"]
    }
    assert not found, "\n".join(sorted(found)[:40])
    assert done.returncode == 0, done.stderr


def test_the_nu_validator_finds_nothing(folder: Path, tools_folder: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine: pages were judged by html-validate alone")
    jar = tools_folder / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [java, "-jar", str(jar), "--format", "gnu", "--skip-non-html", "--errors-only", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr.splitlines()[:20] == []
    assert done.returncode == 0


def test_every_link_and_fragment_of_every_page_leads_somewhere(stage: Stage) -> None:
    ids = {}
    links: dict[str, set[str]] = {}
    for path in stage.pages:
        body = stage.body(path)
        links[path] = reading.internal_links(body)
        asked, ids[path] = reading.fragments(body)
        assert asked <= ids[path], f"{path}: {sorted(asked - ids[path])} are not there"
    broken = {
        f"{path} → {link}"
        for path, own in links.items()
        for link in own
        if stage.served(link.partition("?")[0])[0] != 200
    }
    assert not broken, "\n".join(sorted(broken)[:40])


def test_a_reader_reaches_every_page_from_the_home_page(stage: Stage) -> None:
    """What only search engines find is lost to readers."""
    reached, waiting = {"/"}, ["/"]
    while waiting:
        for link in reading.internal_links(stage.body(waiting.pop())):
            link = link.partition("?")[0]
            if link not in reached and link.endswith("/"):
                reached.add(link)
                waiting.append(link)
    assert sorted(set(stage.pages) - reached - {"/404.html"}) == []
