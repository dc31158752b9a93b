"""The real third-party layer: built as `sam build` builds it, and every function imported from it alone."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = sorted((ROOT / "functions").glob("*/*.py"))
LAMBDA_LIMIT = 250 * 1024 * 1024
"""Function and layers unzipped: AWS Lambda quotas."""

pytestmark = [pytest.mark.cloud, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both layers as their Makefiles make them, for this interpreter, which is to import them."""
    folder = tmp_path_factory.mktemp("layers")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    environment = {name: value for name, value in os.environ.items() if name != "LOCAL_CLOUD"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for layer, target in (("packages", "PackagesLayer"), ("newsroom", "NewsroomLayer")):
        subprocess.run(
            ["make", f"build-{target}", f"ARTIFACTS_DIR={folder}", f"PYTHON_VERSION={version}"],
            cwd=ROOT / "layers" / layer,
            env=environment,
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder / "python"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda path: path.stem)
def test_a_function_imports_with_nothing_but_its_layers(function: Path, built: Path) -> None:
    """`-S` and `-I` leave out this environment's own packages: what the layer lacks is missing here as on AWS."""
    script = (
        f"import sys; sys.path[:0] = [{str(function.parent)!r}, {str(built)!r}]; import {function.stem} as f; f.handler"
    )

    done = subprocess.run([sys.executable, "-S", "-I", "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_what_the_adapters_import_when_they_are_first_used_is_in_the_layer(built: Path) -> None:
    """Heavy libraries are imported inside functions, which importing a handler does not do."""
    names: set[str] = set()
    for path in (built / "newsroom").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    stubs = {name for name in names if name.startswith("mypy_boto3")}
    outside = sorted(names - set(sys.stdlib_module_names) - stubs)
    assert {"anthropic", "boto3", "httpx", "pynamodb", "trafilatura"} <= set(outside)
    script = f"import sys; sys.path[:0] = [{str(built)!r}]; import {', '.join(outside)}"

    done = subprocess.run([sys.executable, "-S", "-I", "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_the_layers_stay_under_lambdas_limit(built: Path) -> None:
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())

    assert 20 * 1024 * 1024 < size < LAMBDA_LIMIT * 0.8


def test_the_lock_file_of_the_layer_agrees_with_the_one_that_is_tested() -> None:
    def pins(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", path.read_text(), re.MULTILINE))

    tested, deployed = pins(ROOT / "requirements.lock"), pins(ROOT / "layers/packages/requirements.txt")

    assert len(deployed) > 30
    assert deployed.items() <= tested.items()


def test_every_package_of_the_layer_has_a_wheel_for_the_templates_runtime(tmp_path: Path) -> None:
    """The cross-build for Lambda itself, which this machine cannot import but can resolve and unpack."""
    environment = {name: value for name, value in os.environ.items() if name != "LOCAL_CLOUD"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    subprocess.run(
        ["make", "build-PackagesLayer", f"ARTIFACTS_DIR={tmp_path}"],
        cwd=ROOT / "layers/packages", env=environment, check=True, capture_output=True, timeout=300,
    )  # fmt: skip

    compiled = [path.name for path in (tmp_path / "python").rglob("*.so") if "cpython-3" in path.name]
    assert compiled
    assert all("cpython-313-x86_64-linux-gnu" in name for name in compiled)
