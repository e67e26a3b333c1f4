"""Rasa's DIET in its default pipeline, with the FallbackClassifier that is part of it."""

import asyncio
import json
import os
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import rasa
from protocol import NONE, run
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

FALLBACK = "nlu_fallback"


def train(job, told):
    folder = Path(job["folder"])
    intents = {}
    for text, topic in job["learned"]:
        intents.setdefault(topic or NONE, []).append(text)
    listed = [{"intent": name, "examples": "".join(f"- {one}\n" for one in some)} for name, some in intents.items()]
    (folder / "nlu.yml").write_text(f'version: "3.1"\nnlu: {json.dumps(listed)}\n')
    (folder / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: peer\nlanguage: en\npipeline: null\npolicies: null\n"
    )
    (folder / "domain.yml").write_text(f'version: "3.1"\nintents: {json.dumps(list(intents))}\n')
    model = train_nlu(
        str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models"), domain=str(folder / "domain.yml")
    )
    agent = Agent.load(model)
    loop = asyncio.new_event_loop()
    told["version"] = rasa.__version__

    def read(text):
        parsed = loop.run_until_complete(agent.parse_message(text))
        known = [one for one in parsed["intent_ranking"] if one["name"] not in (FALLBACK, NONE)]
        best = known[0] if known else {"name": "", "confidence": 0.0}
        return best["name"], float(best["confidence"]), parsed["intent"]["name"] in (FALLBACK, NONE)

    return read


run("diet", train)
