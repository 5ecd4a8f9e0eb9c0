"""The cache runs nothing that somebody else wrote, and is only used where it is the user's own."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Run, run

from dossierbuild.core.seal import SEAL_BYTES, sealed
from dossierbuild.program import cache_key
from dossierbuild.tools.store import Store

KEY = b"k" * 32
NAME = "0" * 64


class Planted:
    """A value that leaves a trace when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.trace,)


def entry(folder: Path) -> Path:
    return folder / NAME[:2] / NAME[2:]


def test_a_value_comes_back_under_its_own_name_only(tmp_path: Path) -> None:
    store = Store(tmp_path, KEY)
    store.save(NAME, ("a", 1))
    assert store.load(NAME) == (("a", 1),)
    other = NAME.replace("0", "1")
    (tmp_path / other[:2]).mkdir()
    shutil.copy2(entry(tmp_path), tmp_path / other[:2] / other[2:])
    assert store.load(other) is None


def test_what_somebody_else_put_into_the_cache_is_not_run(tmp_path: Path) -> None:
    trace, payload = tmp_path / "trace", pickle.dumps(Planted(tmp_path / "trace"))
    whole = sealed(b"x" * 32, NAME, payload)
    entry(tmp_path).parent.mkdir()
    for data in (whole, payload, b"\0" * SEAL_BYTES + payload, b""):
        entry(tmp_path).write_bytes(data)
        assert Store(tmp_path, KEY).load(NAME) is None
    assert not trace.exists()
    entry(tmp_path).write_bytes(sealed(KEY, NAME, payload))
    Store(tmp_path, KEY).load(NAME)
    assert trace.exists()  # it would have run


def test_a_pipe_in_the_cache_is_not_waited_for(tmp_path: Path) -> None:
    entry(tmp_path).parent.mkdir()
    os.mkfifo(entry(tmp_path))
    assert Store(tmp_path, KEY).load(NAME) is None


def test_the_key_is_made_once_for_this_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DOSSIERBUILD_CACHE", str(folder))
    key = cache_key()
    assert key is not None
    assert key == cache_key()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "key")}
    assert modes == {0o700, 0o600}


def _writable_by_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def _a_link(folder: Path) -> None:
    elsewhere = folder.with_name("elders")
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)


def _a_file(folder: Path) -> None:
    folder.touch()


def _of_another_user(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another user")
    os.chown(folder, 65534, 65534)


def _with_a_key_that_others_can_write(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "key").write_bytes(KEY)
    (folder / "key").chmod(0o666)


@pytest.mark.built
@pytest.mark.parametrize(
    "kind", [_writable_by_others, _a_link, _a_file, _of_another_user, _with_a_key_that_others_can_write]
)
def test_a_folder_that_is_not_the_users_own_is_not_used_and_told_once(
    kind: Callable[[Path], None], plain: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    kind(folder)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = checked(plain, folder)
    assert done.code == 0, done.err
    assert done.err.count(str(folder)) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def checked(dossier: Path, cache: Path) -> Run:
    return run("check", dossier, env={"DOSSIERBUILD_CACHE": str(cache)})
