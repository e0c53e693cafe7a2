"""Building styles, and doing well without."""

import pytest

from kith.web import build_assets, look


def test_a_source_map_comment_goes_and_the_rest_stays():
    assert build_assets.without_source_map("a();\n//# sourceMappingURL=a.js.map\n").strip() == "a();"
    assert build_assets.without_source_map("b{}\n/*# sourceMappingURL=b.css.map */").strip() == "b{}"


def test_crest_and_typeface_are_left_out():
    css = 'a{color:red;background:url("../images/govuk-crest.svg");top:0}b{font-family:"GDS Transport",arial}'
    assert build_assets.without_pictures(css) == 'a{color:red;top:0}b{font-family:"Helvetica Neue",arial}'


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(build_assets, "BUILT", tmp_path / "built")
    monkeypatch.setattr(build_assets, "STAMP", tmp_path / "built" / "inputs.sha256")
    return tmp_path / "built"


def test_nothing_is_built_twice_from_the_same_inputs(elsewhere, monkeypatch, capsys):
    elsewhere.mkdir()
    build_assets.STAMP.write_text(build_assets.inputs_hash())
    monkeypatch.setattr(build_assets, "build", lambda: pytest.fail("built again"))
    build_assets.main()
    assert capsys.readouterr().out == ""


def test_a_changed_input_is_built_again(elsewhere):
    elsewhere.mkdir()
    build_assets.STAMP.write_text("an older hash")
    assert not build_assets.is_current()


def test_without_node_it_says_so_and_ends_well(elsewhere, monkeypatch, capsys):
    def no_node():
        raise build_assets.CannotBuild("npm was not found")

    monkeypatch.setattr(build_assets, "find_node", no_node)
    build_assets.main()
    said = capsys.readouterr().out
    assert "npm was not found" in said
    assert "own plain styles" in said
    assert not elsewhere.exists()


def test_pages_use_the_plain_sheet_only_where_nothing_was_built(monkeypatch):
    monkeypatch.setattr(look, "is_built", lambda: False)
    ours = ("kith/kith.css", "kith/drafts.css")
    assert look.stylesheets() == ("kith/plain.css", *ours)
    assert "built/govuk-frontend.js" not in look.scripts()
    monkeypatch.setattr(look, "is_built", lambda: True)
    assert look.stylesheets() == ("built/design-system.css", "built/ministry-of-justice.css", *ours)
