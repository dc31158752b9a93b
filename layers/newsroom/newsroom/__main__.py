"""`newsroom COMMAND …`: try one rule of the trade on a file, without any cloud; or have a stack's site made anew.

One JSON document or JSON lines on stdout (text where a person is to read or paste it), messages on stderr;
exit 0 done, 1 refused or failed, 2 usage.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence

from pydantic import BaseModel

from newsroom.errors import NewsroomError

COMMANDS = {
    "fetch": "fetch a URL as the newsroom would: guarded, capped, or refused with the reason",
    "feed": "read a feed document: title and entries",
    "page": "read an article page: title, byline, date, language, text",
    "group": "group articles (JSON lines) into stories and origins",
    "write": "write a draft from the articles of one story",
    "review": "judge a draft against its articles",
    "ground": "check summaries against their documents, by code alone",
    "rescore": "compute the score of a story's review.json again",
    "replay": "write and judge a published version again from recorded answers, and compare every byte",
    "briefing": "show an issue of the briefing before, while and after it is sent",
    "rebuild": "have a stack make its whole site anew",
    "publisher": "keep the catalogue: lint it, add to it, list it, take and give OPML",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="newsroom", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parts = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for name, purpose in COMMANDS.items():
        part = parts.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        if name in arguments[:1]:
            importlib.import_module(f"newsroom.commands.{name}").add_arguments(part)
    chosen = parser.parse_args(arguments)
    try:
        for document in importlib.import_module(f"newsroom.commands.{chosen.command}").run(chosen):
            plain = document.model_dump(mode="json") if isinstance(document, BaseModel) else document
            print(plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (NewsroomError, OSError) as exc:
        print(f"newsroom {chosen.command}: {_in_a_line(exc)}", file=sys.stderr)
        return 1
    return 0


def _in_a_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split())


if __name__ == "__main__":
    sys.exit(main())
