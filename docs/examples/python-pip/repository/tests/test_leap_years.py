from leap_years import is_leap


def test_every_fourth_year_is_one():
    assert [is_leap(year) for year in (2023, 2024)] == [False, True]
