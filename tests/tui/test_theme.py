import pytest

from sdtutor.tui.theme import DARK, LIGHT, styles


def luminance(colour):
    """WCAG 2.2, relative luminance of an sRGB colour."""
    parts = [channel / 255 for channel in colour.triplet]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("role", sorted(DARK))
def test_every_role_is_easy_to_read(theme, role):
    style = styles(theme)[role]
    assert contrast(style.color, style.bgcolor) >= (3 if role == "rule" else 7)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_good_is_blue_and_bad_is_orange(theme):
    good, bad = styles(theme)["good"].color.triplet, styles(theme)["bad"]
    assert good.blue > good.red
    orange = bad.bgcolor.triplet
    assert orange.red > orange.green > orange.blue


def test_without_colour_nothing_has_a_colour_and_what_matters_still_differs():
    looks = styles("colourless")
    assert all(style.color is None and style.bgcolor is None for style in looks.values())
    assert looks["bad"] != looks["good"]
    assert looks["cursor"] != looks["plain"]


def test_the_themes_name_the_same_roles():
    assert set(DARK) == set(LIGHT)
