"""Vectors for a big database, without waiting hours for the encoder: those of some questions, shaken a little."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from sqlalchemy import select

from bridge.semantic.codes import code_of
from bridge.semantic.encoder import Encoder
from bridge.store.database import Database
from bridge.store.tables import questions
from bridge.store.transaction import StoreTransaction
from bridge.workflow.vectors import Vector

SAMPLE = 5_000
SLICE = 4_096
SHAKEN = 2.3
"""So far is every number moved, of at most 127: the questions stay about as far from each other as true ones."""


def add_vectors(folder: Path) -> int:
    """Give every question a vector; returns how many there are now. Nothing where there are some already."""
    database = Database.open(f"sqlite:///{folder / 'askbridge.db'}")
    try:
        if database.read_now(lambda tx: tx.vectors.blocks_after(-1, 1)):
            return 0
        sample = np.array([np.frombuffer(v, np.int8) for v in Encoder().vectors(_texts(database))], np.float32)
        shaker, count = np.random.default_rng(1), 0
        for rows in _slices(database):
            chosen = sample[shaker.integers(0, len(sample), len(rows))]
            shaken = np.clip(np.rint(chosen + shaker.normal(0, SHAKEN, chosen.shape)), -127, 127).astype(np.int8)
            made = [_vector(*row, vector.tobytes()) for row, vector in zip(rows, shaken, strict=True)]
            database.write_now(partial(_keep, made))
            count += len(made)
        return count
    finally:
        database.close()


def _texts(database: Database) -> list[str]:
    last = database.read_now(lambda tx: tx.vectors.last_question())
    numbers = random.Random(1).sample(range(1, last + 1), min(SAMPLE, last))
    return [q.text for q in database.read_now(lambda tx: tx.questions.several(numbers)).values() if q.text]


def _slices(database: Database) -> Iterator[list[tuple[int, str]]]:
    with database.snapshot() as conn:
        found = conn.execute(select(questions.c.number, questions.c.room_id).where(questions.c.text != ""))
        while rows := found.fetchmany(SLICE):
            yield [(number, room_id) for number, room_id in rows]


def _vector(number: int, room_id: str, vector: bytes) -> Vector:
    return Vector(number, room_id, vector, code_of(vector))


def _keep(made: list[Vector], tx: StoreTransaction) -> None:
    tx.vectors.made(made, [])
