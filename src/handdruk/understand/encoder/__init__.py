"""A sentence encoder: an ONNX folder on disk that turns a text into vectors which lie close when meanings do.

Optional: it needs `pip install 'handdruk[encoder]'` and a folder with `model.onnx` and `tokenizer.json`. No network is
used. `installing` makes such a folder from one with safetensors weights; `running` uses it.
"""

from handdruk.understand.encoder.installing import install
from handdruk.understand.encoder.running import Encoder
from handdruk.understand.encoder.unusable import EncoderUnusable

__all__ = ["Encoder", "EncoderUnusable", "install"]
