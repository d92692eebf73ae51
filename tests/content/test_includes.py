import ast

import pytest

from sdtutor.content.includes import IncludeError, include


def code(workshop, name):
    return include(f"reference/caching/read_through.py{name}", workshop.package)


def test_a_method_is_dedented_and_knows_its_first_line(workshop):
    shown = code(workshop, "#ReadThrough.get")
    assert shown.code.startswith("async def get(self, key):\n    ")
    assert shown.code.endswith("\n    return row")
    rows = (workshop.package / shown.path).read_text(encoding="utf-8").split("\n")
    assert rows[shown.first_line - 1] == "    async def get(self, key):"


def test_decorators_belong_to_what_they_decorate(workshop):
    assert code(workshop, "#Row").code.startswith("@dataclass(frozen=True)\n@cache\nclass Row:")
    assert code(workshop, "#ReadThrough.size").code.startswith("@property\ndef size")


def test_a_function_and_a_whole_file_can_be_shown(workshop):
    assert code(workshop, "#ttl").code == "def ttl(seconds):\n    return seconds"
    whole = code(workshop, "")
    assert (whole.first_line, whole.name, whole.address) == (1, "", "reference/caching/read_through.py")
    assert "class ReadThrough" in ast.unparse(ast.parse(whole.code))


def test_text_at_the_margin_inside_a_method_keeps_the_method_readable(tmp_path):
    folder = tmp_path / "reference" / "caching"
    folder.mkdir(parents=True)
    (folder / "x.py").write_text(
        'class A:\n    def f(self):\n        return """\nat the margin\n"""\n', encoding="utf-8"
    )
    shown = include("reference/caching/x.py#A.f", tmp_path)
    assert shown.code == 'def f(self):\n    return """\nat the margin\n"""'


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd",
        "reference/../../etc/passwd.py",
        "labs/caching/read_through.py",
        "reference/caching/read_through.txt",
        "reference\\caching\\read_through.py",
    ],
)
def test_only_modules_of_reference_and_textbook_can_be_shown(workshop, address):
    with pytest.raises(IncludeError, match="not an address"):
        include(address, workshop.package)


def test_a_name_that_is_gone_is_answered_with_the_nearest(workshop):
    with pytest.raises(IncludeError) as caught:
        code(workshop, "#ReadThrough.gett")
    assert caught.value.hint == 'Did you mean "ReadThrough.get"?'


def test_a_module_that_is_not_python_is_an_error(tmp_path):
    folder = tmp_path / "reference" / "caching"
    folder.mkdir(parents=True)
    (folder / "x.py").write_text("def (", encoding="utf-8")
    with pytest.raises(IncludeError, match="is not Python"):
        include("reference/caching/x.py#f", tmp_path)
