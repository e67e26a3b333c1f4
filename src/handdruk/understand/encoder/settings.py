"""How an encoder wants to be used, as its folder's files say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handdruk.understand.encoder.unusable import EncoderUnusable

FILE = "encoder.json"
MOST_TOKENS = 128
"""Pieces of words of a message that are encoded: what a customer wants stands near the beginning, and time grows."""
POOLINGS = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first", "pooling_mode_max_tokens": "highest"}


@dataclass(frozen=True, slots=True)
class Settings:
    """`pooling` makes one vector of a text's many: "mean", "first" or "highest". `prefix` goes before every text."""

    pooling: str = "mean"
    prefix: str = ""
    tokens: int = MOST_TOKENS

    def __post_init__(self) -> None:
        if self.pooling not in POOLINGS.values() or not isinstance(self.prefix, str) or not 3 <= self.tokens <= 8192:
            raise ValueError("pooling must be mean, first or highest, prefix a text, tokens a number from 3 to 8192")

    def save(self, folder: Path) -> None:
        """Write them down in the folder, where they go before what its other files say."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def settings_of(folder: Path) -> Settings:
    """From `encoder.json`, else from the files that sentence-transformers writes, else the usual.

    EncoderUnusable names the file that makes no sense.
    """
    own = contents(folder / FILE)
    if own:
        try:
            return Settings(**own)
        except (TypeError, ValueError) as error:
            raise EncoderUnusable(f"{folder / FILE} is damaged ({error}): install the encoder again") from error
    limits = (
        contents(folder / "sentence_bert_config.json").get("max_seq_length"),
        contents(folder / "config.json").get("max_position_embeddings"),
    )
    tokens = min([MOST_TOKENS, *(limit for limit in limits if isinstance(limit, int) and limit >= 3)])
    return Settings(_pooling(folder), _prefix(folder), tokens)


def contents(file: Path) -> dict[str, Any]:
    """The JSON object in a file; nothing if there is no such file."""
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EncoderUnusable(f"{file} is damaged: it is not JSON") from error
    if not isinstance(found, dict):
        raise EncoderUnusable(f"{file} is damaged: it is not a JSON object")
    return found


def _pooling(folder: Path) -> str:
    modes = contents(folder / "1_Pooling" / "config.json")
    return next((name for mode, name in POOLINGS.items() if modes.get(mode) is True), "mean")


def _prefix(folder: Path) -> str:
    """What goes before a question. The E5 family was trained with "query: " and says so only in its documentation."""
    said = contents(folder / "config_sentence_transformers.json")
    prompts = said.get("prompts")
    if isinstance(prompts, dict) and prompts:
        prompt = prompts.get(said.get("default_prompt_name") or "query", "")
        return prompt if isinstance(prompt, str) else ""
    name = str(contents(folder / "config.json").get("_name_or_path", "")).lower()
    return "query: " if {"e5"} & set(name.replace("/", "-").split("-")) else ""
