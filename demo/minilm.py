"""all-MiniLM-L6-v2 in numpy: reading and writing safetensors, the tokenizer, and the forward pass.

Small enough to read, and true to the original: a BERT encoder of 6 layers, width 384, 12 heads, mean pooling, unit
length. Only what the demo needs; inference in earnest belongs to the usual libraries.
"""

import json
import math
import struct
import unicodedata
from pathlib import Path

import numpy as np

DTYPES = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}


class Safetensors:
    """A safetensors file: its header as it stands, and its tensors by name."""

    def __init__(self, path):
        raw = Path(path).read_bytes()
        (length,) = struct.unpack_from("<Q", raw)
        self.head = raw[: 8 + length]
        self.body = bytearray(raw[8 + length :])
        self.entries = json.loads(raw[8 : 8 + length])
        self.entries.pop("__metadata__", None)

    def __getitem__(self, name):
        entry = self.entries[name]
        begin, end = entry["data_offsets"]
        values = np.frombuffer(self.body[begin:end], DTYPES[entry["dtype"]])
        return values.reshape(entry["shape"])

    def __setitem__(self, name, values):
        entry = self.entries[name]
        begin, end = entry["data_offsets"]
        data = np.ascontiguousarray(values, DTYPES[entry["dtype"]])
        assert list(data.shape) == entry["shape"], f"{name} changed its shape"
        self.body[begin:end] = data.tobytes()

    def save(self, path):
        Path(path).write_bytes(self.head + self.body)


class Tokenizer:
    """BERT's uncased WordPiece, with the vocabulary from tokenizer.json."""

    def __init__(self, path):
        model = json.loads(Path(path).read_text(encoding="utf-8"))["model"]
        self.vocabulary = model["vocab"]
        self.longest = model["max_input_chars_per_word"]

    @staticmethod
    def words(text):
        """Lower case, without accents, cut at white space and around punctuation and Chinese characters."""
        text = unicodedata.normalize("NFD", text.lower())
        word = ""
        for char in text:
            kind = unicodedata.category(char)
            if char in "\0\ufffd" or kind == "Mn" or (kind[0] == "C" and char not in "\t\n\r"):
                continue
            ascii_symbol = char.isascii() and char.isprintable() and not char.isalnum() and char != " "
            alone = ascii_symbol or kind[0] == "P" or 0x4E00 <= ord(char) <= 0x9FFF
            if char.isspace() or alone:
                if word:
                    yield word
                word = ""
                if alone:
                    yield char
            else:
                word += char
        if word:
            yield word

    def pieces(self, word):
        """The longest known pieces from left to right, or [UNK]."""
        if len(word) > self.longest:
            return ["[UNK]"]
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.vocabulary:
                    found.append(piece)
                    start = end
                    break
            else:
                return ["[UNK]"]
        return found

    def encode(self, text, limit=128):
        """Token ids of a sentence, with [CLS] before and [SEP] after it."""
        pieces = [piece for word in self.words(text) for piece in self.pieces(word)]
        return [self.vocabulary[piece] for piece in ["[CLS]", *pieces[: limit - 2], "[SEP]"]]

    def batch(self, sentences):
        """Ids and mask, padded to the longest sentence."""
        rows = [self.encode(sentence) for sentence in sentences]
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), np.int64)
        mask = np.zeros((len(rows), width), np.float32)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        return ids, mask


def erf(x):
    """The error function within 2e-7 (Abramowitz and Stegun, 7.1.26), which is what single precision can tell."""
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1.0 - series * np.exp(-x * x))


def gelu(x):
    return x * 0.5 * (1.0 + erf(x / math.sqrt(2.0)))


def softmax(x):
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def normalise(x, epsilon):
    """x at mean 0 and variance 1 along its last axis, and what it was divided by."""
    centred = x - x.mean(-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon)
    return centred / deviation, deviation


class MiniLM:
    """The encoder, from a model folder."""

    def __init__(self, folder):
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text())
        assert config["model_type"] == "bert" and config["hidden_act"] == "gelu"
        self.tensors = Safetensors(folder / "model.safetensors")
        self.tokenizer = Tokenizer(folder / "tokenizer.json")
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.epsilon = config["layer_norm_eps"]

    def _dense(self, x, name):
        return x @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]

    def _layer_norm(self, x, name):
        x, _ = normalise(x, self.epsilon)
        return x * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"]

    def _attention(self, x, mask, name):
        batch, length, width = x.shape
        split = (batch, length, self.heads, width // self.heads)
        query, key, value = (
            self._dense(x, f"{name}.self.{part}").reshape(split).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(width // self.heads)
        scores += (1 - mask)[:, None, None, :] * np.float32(-1e9)
        mixed = (softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)
        return self._layer_norm(self._dense(mixed, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")

    def before_last_dense(self, sentences):
        """What goes into the very last dense layer and its LayerNorm: (inner, residual, mask)."""
        ids, mask = self.tokenizer.batch(sentences)
        x = (
            self.tensors["embeddings.word_embeddings.weight"][ids]
            + self.tensors["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + self.tensors["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._layer_norm(x, "embeddings.LayerNorm")
        for layer in range(self.layers):
            name = f"encoder.layer.{layer}"
            x = self._attention(x, mask, f"{name}.attention")
            inner = gelu(self._dense(x, f"{name}.intermediate.dense"))
            if layer + 1 < self.layers:
                x = self._layer_norm(self._dense(inner, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
        return inner, x, mask

    def embed(self, sentences):
        """Sentence embeddings of length 1."""
        inner, residual, mask = self.before_last_dense(sentences)
        name = f"encoder.layer.{self.layers - 1}.output"
        x = self._layer_norm(self._dense(inner, f"{name}.dense") + residual, f"{name}.LayerNorm")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
