"""Databases for the tests: what holds for one engine must hold for the other."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bridge.store import migrate
from bridge.store.database import Database
from bridge.store.tables import metadata
from tests.real.postgres import Cluster

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    found: str = request.getfixturevalue("postgres_database")
    return found


@pytest.fixture(params=BOTH)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open database of either kind, with tables and nothing in them."""
    fresh = f"sqlite:///{tmp_path / 'store.db'}"
    database = Database.open(fresh if request.param == "sqlite" else request.getfixturevalue("emptied_postgres"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_cluster: Cluster) -> Iterator[str]:
    postgres_cluster.run("CREATE DATABASE contract")
    migrate.upgrade(postgres_cluster.url("contract"))
    yield postgres_cluster.url("contract")
    postgres_cluster.run("DROP DATABASE contract WITH (FORCE)")


@pytest.fixture
def emptied_postgres(migrated_postgres: str) -> str:
    """One database for many tests, emptied before each: to make one takes PostgreSQL half a second."""
    tables = ", ".join(metadata.tables)
    with psycopg.connect(migrated_postgres, autocommit=True) as conn:
        conn.execute("SET session_replication_role = replica")
        conn.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE".encode())
    return migrated_postgres


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"
