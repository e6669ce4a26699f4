import { expect, test } from "vitest";
import { findRatchetFindings } from "../../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import { syntax } from "../../../syntax.ts";
import { USES } from "./uses-of-languages.ts";

/** `LOW` and `HIGH` are numbers; what gets looser with which. */
const LINES: readonly (readonly [language: string, looser: "greater" | "smaller", text: string])[] =
  [
    ["javascript", "smaller", "expect(f(1)).toBeCloseTo(0.4, N);"],
    ["javascript", "greater", "expect(f(1)).to.be.closeTo(0.4, N);"],
    ["javascript", "greater", "expect(f(1)).toBeLessThan(N);"],
    ["javascript", "smaller", "expect(f(1)).toBeGreaterThanOrEqual(N);"],
    ["javascript", "greater", "assert(f(1) < N);"],
    ["javascript", "smaller", "assert(f(1) >= N);"],
    ["python", "greater", "assert f(1) == pytest.approx(0.4, abs=N)"],
    ["python", "greater", "assert f(1) == pytest.approx(0.4, N)"],
    ["python", "greater", "assert math.isclose(f(1), 0.4, rel_tol=N)"],
    ["python", "smaller", "self.assertAlmostEqual(f(1), 0.4, places=N)"],
    ["python", "smaller", "self.assertAlmostEqual(f(1), 0.4, N)"],
    ["python", "greater", "self.assertAlmostEqual(f(1), 0.4, delta=N)"],
    ["python", "greater", "self.assertLess(f(1), N)"],
    ["python", "smaller", "self.assertGreaterEqual(f(1), N)"],
    ["python", "greater", "assert f(1) <= N"],
    ["go", "greater", "assert.InDelta(t, 0.4, f(1), N)"],
    ["go", "greater", "assert.Less(t, f(1), N)"],
    ["go", "smaller", "assert.Greater(t, f(1), N)"],
    ["go", "smaller", "if f(1) < N {\n\t\tt.Error(1)\n\t}"],
    ["go", "greater", "if f(1) > N {\n\t\tt.Error(1)\n\t}"],
    ["rust", "greater", "assert_relative_eq!(f(1), 0.4, epsilon = N);"],
    ["rust", "greater", "assert_abs_diff_eq!(f(1), 0.4, epsilon = N);"],
    ["rust", "greater", "assert!(f(1) < N);"],
    ["rust", "smaller", "assert!(f(1) > N);"],
    ["java", "greater", "assertEquals(0.4, f(1), N);"],
    ["java", "greater", "assertThat(f(1)).isCloseTo(0.4, within(N));"],
    ["java", "greater", "assertThat(f(1)).isLessThan(N);"],
    ["java", "smaller", "assertThat(f(1)).isGreaterThan(N);"],
    ["java", "greater", "assertTimeout(Duration.ofMillis(N), () -> f(g));"],
    ["kotlin", "greater", "f(1) shouldBe (0.4 plusOrMinus N)"],
    ["c-sharp", "smaller", "Assert.Equal(0.4, F(1), N);"],
    ["c-sharp", "greater", "Assert.AreEqual(0.4, F(1), N);"],
    ["c-sharp", "greater", "F(1).Should().BeApproximately(0.4, N);"],
    ["c-sharp", "greater", "Assert.That(F(1), Is.EqualTo(0.4).Within(N));"],
    ["c-sharp", "greater", "Assert.That(F(1), Is.LessThan(N));"],
    ["ruby", "greater", "expect(f(1)).to be_within(N).of(0.4)"],
    ["ruby", "greater", "assert_in_delta 0.4, f(1), N"],
    ["ruby", "greater", "assert_in_epsilon 0.4, f(1), N"],
    ["php", "greater", "$this->assertEqualsWithDelta(0.4, f(1), N);"],
    ["php", "greater", "$this->assertLessThan(N, f(1));"],
    ["php", "smaller", "expect(f(1))->toBeGreaterThan(N);"],
  ];

const ROWS = LINES.flatMap(([language, looser, text]) =>
  [
    ["2", "3"],
    ["3", "2"],
  ].map(([from = "", to = ""]) => ({
    language,
    text,
    from,
    to,
    rules: to > from === (looser === "greater") ? ["tolerance-loosened"] : [],
  })),
);

test.each(ROWS)("$language: $text, $from to $to", async ({ language, text, from, to, rules }) => {
  const uses = USES[language];
  if (uses === undefined) throw new Error(language);
  const write = (value: string) =>
    uses.test.replace("MARK", "").replace("LINE", () => text.replace("N", () => value));
  const change = { path: uses.path, before: write(from), after: write(to) };
  expect((await findRatchetFindings([change], syntax)).map(({ rule }) => rule)).toEqual(rules);
});

const PAIRS: readonly (readonly [language: string, from: string, to: string, rules: string[]])[] = [
  ["javascript", "expect(f(1)).toBeCloseTo(0.4, 2);", "expect(f(1)).toBeCloseTo(0.5, 2);", []],
  ["javascript", "expect(f(1)).toBeCloseTo(0.5);", "expect(f(1)).toBeCloseTo(0.4);", []],
  ["javascript", "expect(f(1)).toBeLessThan(2);", "expect(f(1)).toBeGreaterThan(3);", []],
  ["javascript", "expect(f(1)).toBeLessThan(low);", "expect(f(1)).toBeLessThan(high);", []],
  ["javascript", "expect(f(1)).toBeLessThan(3);", "expect(f(1)).toBeLessThan(high);", []],
  ["javascript", "expect(f(1)).toBe(3);", "expect(f(1)).toBeLessThan(3);", ["assertion-weakened"]],
  ["java", "assertEquals(3, f(1));", "assertEquals(4, f(1));", []],
  ["java", "assertEquals(a, f(1), 1e-3);", "assertEquals(a, f(1), 1e-2);", ["tolerance-loosened"]],
  ["java", "assertEquals(a, f(1), 0.5f);", "assertEquals(a, f(1), 0.6f);", ["tolerance-loosened"]],
  ["java", "assertTrue(f(1) < 1_000);", "assertTrue(f(1) < 2_000);", ["tolerance-loosened"]],
  ["python", "assert f(1) == approx(0.4)", "assert f(1) == approx(0.5)", []],
];

test.each(PAIRS)("%s: %s becomes %s", async (language, from, to, rules) => {
  const uses = USES[language];
  if (uses === undefined) throw new Error(language);
  const write = (text: string) => uses.test.replace("MARK", "").replace("LINE", () => text);
  const change = { path: uses.path, before: write(from), after: write(to) };
  expect((await findRatchetFindings([change], syntax)).map(({ rule }) => rule)).toEqual(rules);
});
