import type { Language } from "./language.ts";

const TEST = `from weights import price


def test_a_weight_has_a_price():
    assert price(2) == 8


def test_fails_since_last_year():
    assert price(1) == 5
`;

/** One of its tests fails on the base: known before work starts, never counted against the change. */
export const python: Language = {
  name: "Python with pytest, one test red on the base",
  needs: { programs: ["python3", "pytest"] },
  files: {
    "pyproject.toml":
      '[project]\nname = "weights"\nversion = "1.0"\n\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
    ".gitignore": "__pycache__/\n",
    "weights.py": "def price(weight):\n    return 4 * weight\n",
    "tests/test_price.py": TEST,
  },
  change: {
    "weights.py":
      'def price(weight):\n    if weight < 0:\n        raise ValueError("weight")\n    return 4 * weight\n',
    "tests/test_price.py": `import pytest\n\n${TEST}

def test_a_weight_below_0_is_refused():
    with pytest.raises(ValueError):
        price(-1)
`,
  },
  shownBy: "tests.test_price > test_a_weight_below_0_is_refused",
  failToPass: ["test_a_weight_below_0_is_refused"],
  passToPass: 1,
};
