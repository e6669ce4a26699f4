import { expect, test } from "vitest";
import type { Strength } from "../../../../../src/workers/proof/ratchet/languages/language.ts";
import { languageOf } from "../../../../../src/workers/proof/ratchet/languages/languages.ts";
import { readTestFile } from "../../../../../src/workers/proof/ratchet/reading/test-file.ts";
import { casesOf } from "../../../../../src/workers/proof/ratchet/rules/pair-tests.ts";
import { syntax } from "../../../syntax.ts";
import { USES } from "./uses-of-languages.ts";

/** What stands in a test, and how much it says of `f(1)`; the last assertion of a line counts. */
const LINES: Readonly<Record<string, Partial<Record<Strength | "nothing", readonly string[]>>>> = {
  javascript: {
    equal: [
      ...["expect(f(1)).toStrictEqual(2);", "expect(f(1)).toBeNull();", "assert.equal(f(1), 2);"],
      ...[
        "expect(f).toHaveBeenCalledWith(2);",
        "expect(f(1)).to.eql(2);",
        "expect(f(1)).to.eq(2);",
      ],
      ...["assert.deepStrictEqual(f(1), [2]);", "assert.deepEqual(f(1), [2]);"],
      "expect(f(1)).toBeUndefined();",
    ],
    partial: [
      ...["expect(f(1)).toMatchObject({ a: 1 });", "expect(f(1)).toContain(2);"],
      ...["expect(f(1)).toHaveLength(2);", 'expect(() => f(1)).toThrow("weight");'],
      ...["assert.match(f(1), /a/);", "expect(f(1)).toSatisfy(isSmall);"],
      "expect(f(1)).toEqual(expect.objectContaining({ a: 1 }));",
    ],
    weak: [
      ...["expect(f(1)).toBeDefined();", "expect(f(1)).not.toBe(2);", "assert.ok(f(1));"],
      ...["expect(() => f(1)).toThrow();", "expect(() => f(1)).toThrow(Error);"],
      ...["expect(f(1)).toEqual(expect.anything());", "assert.notEqual(f(1), 2);"],
    ],
    recorded: ["expect(f(1)).toMatchSnapshot();", "expect(f(1)).toMatchInlineSnapshot(`2`);"],
    nothing: ["list.match(f(1));", "f(1).include(2);"],
  },
  python: {
    equal: [
      ...["assert f(1) == 2", "assert f(1) is None", "self.assertEqual(f(1), 2)"],
      ...["m.assert_called_once_with(f(1))", 'self.assertRaisesRegex(E, "a", f)'],
    ],
    partial: [
      ...["assert f(1) > 2", "assert 2 in f(1)", "self.assertIn(2, f(1))", "pytest.raises(E, f)"],
    ],
    weak: [
      ...["assert f(1)", "assert f(1) != 2", "assert f(1) is not None", "self.assertTrue(f(1))"],
      ...["pytest.raises(Exception, f)", "m.assert_called_once()"],
    ],
  },
  go: {
    equal: [
      "require.Equal(t, 2, f(1))",
      "assert.Nil(t, f(1))",
      "if f(1) != 2 {\n\t\tt.Error(1)\n\t}",
    ],
    partial: ["assert.Contains(t, f(1), 2)", "if f(1) > 2 {\n\t\tt.Error(1)\n\t}"],
    weak: [
      "assert.NotNil(t, f(1))",
      "assert.True(t, f(1))",
      "if f(1) == nil {\n\t\tt.Error(1)\n\t}",
    ],
    nothing: ["bytes.Equal(f(1), b)", "slices.Contains(f(1), b)"],
  },
  rust: {
    equal: ["assert_eq!(f(1), 3);", "assert!(f(1) == 3);", "prop_assert_eq!(f(1), 3);"],
    partial: [
      ...[
        "assert!(f(1) > 3);",
        "assert!(matches!(f(1), Err(E::A)));",
        "assert_matches!(f(1), E::A);",
      ],
      "assert_relative_eq!(f(1), 0.4);",
    ],
    weak: [
      ...["assert_ne!(f(1), 3);", "assert!(f(1));", "assert!(matches!(f(1), Err(_)));"],
      "assert!(f(1) != 3);",
    ],
    recorded: ["insta::assert_snapshot!(f(1));", "assert_debug_snapshot!(f(1));"],
  },
  java: {
    equal: [
      ...[
        "assertSame(3, f(1));",
        "assertThat(f(1)).isEqualTo(3);",
        "Assertions.assertEquals(3, f(1));",
      ],
      "assertThat(f(1)).containsExactly(3);",
    ],
    partial: [
      ...["assertThrows(AException.class, () -> f(1));", "assertThat(f(1)).contains(3);"],
      ...["assertThat(f(1)).hasSize(3);", "verify(f, times(1)).send();"],
    ],
    weak: [
      ...["assertNotNull(f(1));", "assertThat(f(1)).isNotEmpty();", "assertTrue(f(1));"],
      ...["assertThrows(Exception.class, () -> f(1));", "verify(f, atLeast(0)).send();"],
      ...["verify(f, atMost(3)).send();", "verify(f, Mockito.atMostOnce()).send();"],
    ],
    nothing: ["list.contains(f(1));", "assertThat(f(1));", "builder.isEqualTo(f(1));"],
  },
  kotlin: {
    equal: ["assertEquals(3, f(1))", "f(1) shouldBe 3", "f(1) shouldContainExactly listOf(3)"],
    partial: [
      ...[
        "assertFailsWith<AException> { f(1) }",
        "f(1) shouldContain 3",
        "verify(exactly = 1) { f(1) }",
      ],
      "f(1).shouldHaveSize(3)",
    ],
    weak: [
      ...["f(1) shouldNotBe 3", "f(1).shouldNotBeEmpty()", "assertThrows<Exception> { f(1) }"],
      ...["verify(atLeast = 0) { f(1) }", "verify(atMost = 2) { f(1) }"],
    ],
  },
  "c-sharp": {
    equal: ["Assert.AreEqual(3, F(1));", "F(1).Should().Be(3);", "Assert.Null(F(1));"],
    partial: [
      ...["Assert.Throws<AException>(() => F(1));", "Assert.Contains(3, F(1));"],
      ...["mock.Verify(m => m.F(1), Times.Once());", "F(1).Should().HaveCount(3);"],
      "CollectionAssert.Contains(F(1), 3);",
    ],
    weak: [
      ...[
        "Assert.NotNull(F(1));",
        "F(1).Should().NotBeNull();",
        "Assert.Throws<Exception>(() => F(1));",
      ],
      ...[
        "mock.Verify(m => m.F(1), Times.AtMostOnce());",
        "CollectionAssert.AllItemsAreNotNull(F(1));",
      ],
      "mock.Verify(m => m.F(1), Times.AtLeast(0));",
    ],
    nothing: ["Assert.Ignore();", "Assume.That(F(1));"],
  },
  ruby: {
    equal: [
      "expect(f(1)).to eql(3)",
      "assert_equal 3, f(1)",
      "f(1).must_equal 3",
      "assert_nil f(1)",
    ],
    partial: [
      ...[
        "expect(f(1)).to include(3)",
        "expect { f(1) }.to raise_error(AError)",
        "assert_includes f(1), 3",
      ],
      "assert_raises(AError) { f(1) }",
    ],
    weak: [
      ...[
        "expect(f(1)).to be_truthy",
        "expect(f(1)).not_to eq(3)",
        "assert f(1)",
        "refute_nil f(1)",
      ],
      ...["expect { f(1) }.to raise_error", "assert_raises(StandardError) { f(1) }"],
      ...["expect(m).to have_received(:f).at_most(:once)", "expect(f(1)).to be_small"],
    ],
    nothing: ["list.include(f(1))", "raise_error(f(1))"],
  },
  php: {
    equal: [
      "$this->assertEquals(3, f(1));",
      "expect(f(1))->toEqual(3);",
      "$this->assertNull(f(1));",
    ],
    partial: [
      ...["$this->assertCount(3, f(1));", "$this->expectException(A::class);"],
      ...["$m->expects($this->once())->method('f');", "expect(f(1))->toContain(3);"],
    ],
    weak: [
      ...[
        "$this->assertNotEmpty(f(1));",
        "expect(f(1))->toBeTruthy();",
        "$this->assertIsArray(f(1));",
      ],
      ...["$this->expectException(\\Throwable::class);", "$m->expects($this->any())->method('f');"],
    ],
    recorded: ["expect(f(1))->toMatchSnapshot();"],
  },
};

const ROWS = Object.entries(LINES).flatMap(([language, lines]) =>
  Object.entries(lines).flatMap(([strength, texts]) =>
    texts.map((text) => ({ language, strength, text })),
  ),
);

test.each(ROWS)("$language: $text says $strength", async ({ language, strength, text }) => {
  const uses = USES[language];
  const found = uses && languageOf(uses.path);
  if (uses === undefined || found === undefined) throw new Error(language);
  // Without the assertion that stands in the test already.
  const source = uses.test.replace("MARK", "").replace(/LINE\n.*\n/, () => `${text}\n`);
  const tree = await syntax.parse(found.grammar(uses.path), source);
  if ("problem" in tree) throw new Error(tree.problem);
  const assertions = casesOf(readTestFile(uses.path, tree, found))[0]?.assertions;
  expect(assertions?.map((one) => one.strength)).toEqual(strength === "nothing" ? [] : [strength]);
});
