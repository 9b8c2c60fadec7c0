"""What a mix can be taken by."""

from typing import Literal, get_args

By = Literal["file", "speaker", "section", "time"]
BY: tuple[By, ...] = get_args(By)
