"""``python -m leadclass`` is the command."""

from leadclass.cli import main

raise SystemExit(main())
