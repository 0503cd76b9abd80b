"""What every part of the config has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A part of the config: strict types, no unknown keys, never changed after loading."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)
