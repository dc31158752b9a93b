"""`python -m infra.local.wire`: serve the wire until SIGTERM."""

import sys

from infra.local.wire.serve import main

sys.exit(main())
