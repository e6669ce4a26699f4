import type { Language } from "./language.ts";

const source = (body: string, tests: string) => `pub fn price(weight: i64) -> i64 {
    ${body}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_has_a_price() {
        assert_eq!(price(2), 8);
    }
${tests}}
`;

const NEW_TEST = `
    #[test]
    fn a_weight_below_0_has_none() {
        assert_eq!(price(-1), 0);
    }
`;

export const rust: Language = {
  name: "Rust",
  needs: { programs: ["cargo", "cc"] },
  files: {
    "Cargo.toml": '[package]\nname = "weights"\nversion = "1.0.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "weights"\nversion = "1.0.0"\n',
    ".gitignore": "/target\n",
    "src/lib.rs": source("4 * weight", ""),
    "tests/light.rs": "#[test]\nfn nothing_is_free() {\n    assert_eq!(weights::price(0), 0);\n}\n",
  },
  change: {
    "src/lib.rs": source("4 * weight.max(0)", NEW_TEST),
    "tests/below.rs":
      "#[test]\nfn below_nothing_is_free() {\n    assert_eq!(weights::price(-2), 0);\n}\n",
  },
  shownBy: "tests/below.rs > below_nothing_is_free",
  // `a_weight_below_0_has_none` stands beside the code: nobody can put it on the base without the fix, so it is new.
  failToPass: ["below_nothing_is_free"],
  passToPass: 2,
};
