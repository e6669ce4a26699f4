import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDiff } from "../../../src/workers/review/diff-lines.ts";

const DIFF = `diff --git a/src/zones.ts b/src/zones.ts
index 1111111..2222222 100644
--- a/src/zones.ts
+++ b/src/zones.ts
@@ -3,4 +3,5 @@ export const ZONES = {
   DE: 1,
-  NO: 1,
+  NO: 2,
+  SE: 2,
   FR: 1,
 };
@@ -20,2 +21 @@
-old
+new
-older
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1,2 +0,0 @@
-one
-two
diff --git a/new.sh b/new.sh
new file mode 100755
--- /dev/null
+++ b/new.sh
@@ -0,0 +1,2 @@
+--- a/fake
++++ b/fake.ts
\\ No newline at end of file
diff --git "a/caf\\303\\251 \\"x\\".md" "b/caf\\303\\251 \\"x\\".md"
--- "a/caf\\303\\251 \\"x\\".md"
+++ "b/caf\\303\\251 \\"x\\".md"
@@ -1 +1 @@
-a
+b
diff --git a/with blank.md b/with blank.md
--- a/with blank.md\t
+++ b/with blank.md\t
@@ -7 +7 @@
-a
+b
`;

describe("the lines of a diff", () => {
  test.each([
    ["src/zones.ts", [3, 4, 5, 6, 7, 21]],
    ["gone.txt", [1, 2]],
    ["new.sh", [1, 2]],
    ['café "x".md', [1]],
    ["with blank.md", [7]],
  ])("of %s are %j", (path, lines) => {
    expect([...(readDiff(DIFF).get(path)?.lines ?? [])]).toEqual(lines);
  });

  test("takes no line of a file for a header", () => {
    expect([...readDiff(DIFF).keys()]).toHaveLength(5);
    expect(
      readDiff(DIFF)
        .get("new.sh")
        ?.added.map(({ text }) => text),
    ).toEqual(["--- a/fake", "+++ b/fake.ts"]);
  });

  test("names the added lines with their text", () => {
    expect(readDiff(DIFF).get("src/zones.ts")?.added).toEqual([
      { line: 4, text: "  NO: 2," },
      { line: 5, text: "  SE: 2," },
      { line: 21, text: "new" },
    ]);
  });

  /** Each with the files and the lines of them that a finding may name. */
  test.each<readonly [string, string, Readonly<Record<string, readonly number[]>>]>([
    [
      "a path that poses as the head of a hunk",
      "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/@@ -1,9 +1,9 @@ b/@@ -1,9 +1,9 @@\n--- a/@@ -1,9 +1,9 @@\n+++ b/@@ -1,9 +1,9 @@\n@@ -4 +4 @@\n-a\n+b\n",
      { a: [1], "@@ -1,9 +1,9 @@": [4] },
    ],
    [
      "a hunk that removes more than nine lines",
      `--- a/a\n+++ b/a\n@@ -1,12 +1 @@\n${"-old\n".repeat(12)}+new\n--- a/b\n+++ b/b\n@@ -3 +3 @@\n-a\n+b\n`,
      { a: [1], b: [3] },
    ],
    [
      "a missing end of line on the old side alone",
      "--- a/a\n+++ b/a\n@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n",
      { a: [1, 2, 3] },
    ],
    [
      "an added line that ends in a backslash",
      "--- a/a\n+++ b/a\n@@ -0,0 +1,2 @@\n+a \\\n+b\n",
      { a: [1, 2] },
    ],
    [
      "escapes beside letters of two units in a quoted name",
      '--- /dev/null\n+++ "b/tab\\tand \\"\u{1F600}\\".md"\n@@ -0,0 +1 @@\n+a\n',
      { 'tab\tand "\u{1F600}".md': [1] },
    ],
    ["a hunk of no file", "@@ -1 +1 @@\n-a\n+b\n", {}],
    ["a hunk between nothing and nothing", "--- /dev/null\n+++ /dev/null\n@@ -0,0 +1 @@\n+a\n", {}],
  ])("with %s", (_what, diff, expected) => {
    const files = [...readDiff(diff).values()];
    expect(Object.fromEntries(files.map(({ path, lines }) => [path, [...lines]]))).toEqual(
      expected,
    );
  });

  test("knows only what a cut diff shows", () => {
    const cut = DIFF.slice(0, DIFF.indexOf("   FR: 1"));
    expect([...(readDiff(cut).get("src/zones.ts")?.lines ?? [])].slice(0, 3)).toEqual([3, 4, 5]);
    expect(readDiff(cut).has("gone.txt")).toBe(false);
  });

  test("reads any content back at its line, whatever it looks like", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "--- a/x",
        "+++ b/x",
        "@@ -1 +1 @@",
        "diff --git a/x b/x",
        "\\ No newline",
        "",
      ),
      fc.string({ maxLength: 20 }).map((text) => text.replaceAll("\n", " ")),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const body = lines.map((text) => `+${text}`).join("\n");
        const diff = `--- /dev/null\n+++ b/f\n@@ -0,0 +1,${lines.length} @@\n${body}\n`;
        const files = readDiff(diff);
        expect([...files.keys()]).toEqual(["f"]);
        expect(files.get("f")?.added.map(({ text }) => text)).toEqual(lines);
      }),
    );
  });
});
