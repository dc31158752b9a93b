"""What `aws s3 sync` would bring home from the buckets: files under their keys."""

from pathlib import Path

from newsroom.boundary import Boundary, as_json

from tests.fakes.archive import FakeArchive
from tests.fakes.published_files import FakePublishedFiles


def copy_archive(archive: FakeArchive, folder: Path) -> Path:
    """Documents under the keys that the real archive gives them; `tests/archive/test_copied.py` holds them to it."""
    kept: dict[str, bytes | Boundary] = dict(archive.documents)
    kept |= {f"articles/{one}.json": article for one, article in archive.all_articles.items()}
    kept |= {f"articles/{one}/{revision:04}.json": article for (one, revision), article in archive.older.items()}
    kept |= {f"drafts/{one}.json": draft for one, draft in archive.drafts.items()}
    kept |= {f"verdicts/{one}.json": verdict for one, verdict in archive.verdicts.items()}
    for story_id, versions in archive.published.items():
        kept |= {f"versions/{story_id}/{version.number:04}.json": version for version in versions}
    for key, document in kept.items():
        _write(folder / key, document if isinstance(document, bytes) else as_json(document.model_dump(mode="json")))
    return folder


def copy_site(files: FakePublishedFiles, folder: Path) -> Path:
    for key, file in files.files.items():
        _write(folder / key, file.body)
    return folder


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
