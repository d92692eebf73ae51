import shutil

import pytest

import sdtutor
from sdtutor.content.roots import content_root, package_root
from sdtutor.errors import SdtutorError


def test_in_a_checkout_the_content_lies_beside_the_package(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert content_root() == package_root().parent
    assert (content_root() / "lessons" / "topics.yaml").is_file()


def test_in_a_wheel_the_content_lies_inside_the_package(monkeypatch, tmp_path):
    shutil.copy(sdtutor.__file__, tmp_path / "__init__.py")
    (tmp_path / "_content" / "lessons").mkdir(parents=True)
    monkeypatch.setattr(sdtutor, "__file__", str(tmp_path / "__init__.py"))
    assert content_root() == tmp_path.resolve() / "_content"


def test_an_incomplete_installation_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(sdtutor, "__file__", str(tmp_path / "inside" / "__init__.py"))
    with pytest.raises(SdtutorError, match="incomplete"):
        content_root()
