import { describe, expect, test } from "vitest";
import { root } from "./bundles.ts";
import { commentFaults, commentsIn, MOST_WORDS, sourcesBelow } from "./comments.ts";

const sources = sourcesBelow(root);
const rooms = [...new Set(sources.map(([path]) => path.split("/")[1] ?? path))];

describe("the comments of src", () => {
  test("are there", () => {
    const [path, text] = sources.find(([at]) => at === "src/domain/refusal.ts") ?? ["", ""];
    expect(sources.length).toBeGreaterThan(1000);
    expect(rooms.length).toBeGreaterThan(12);
    expect(commentsIn(path, text).length).toBeGreaterThan(2);
  });

  test.each(rooms)("%s is plain", (room) => {
    const faults = sources
      .filter(([path]) => path.split("/")[1] === room)
      .flatMap(([path, text]) => commentFaults(path, text));
    expect(faults).toEqual([]);
  });
});

describe("canaries", () => {
  const long = `${Array(MOST_WORDS + 1)
    .fill("word")
    .join(" ")}.`;
  const split = long.replace("word word", "word\n// word");

  test.each([
    [`/** ${long} */\nexport const one = 1;`, "36 words"],
    [`// ${split}\nexport const one = 1;`, "36 words"],
    [`/**\n * A thing.\n *\n * @param one ${long}\n */\nfunction two(one: number) {}`, "36 words"],
    ["const one = 1; // What only computes is in their group.", "name the thing first"],
    ["/** Whoever asks twice gets one answer. */\nconst one = 1;", "name the thing first"],
    ["/** A place. What is not there is none. */\nconst one = 1;", "name the thing first"],
    ["/** A place. Whoever asks twice gets one answer. */\nconst one = 1;", "name the thing first"],
    ["function one() {\n  two();\n  // Written anew.\n}", '"anew"'],
    ["/** The organisation's config. */\nconst one = 1;", '"organisation"'],
    ["/** Labelled issues. */\nconst one = 1;", '"Labelled"'],
    ["/** Normalises a line. */\nconst one = 1;", '"Normalises"'],
  ])("is found: %j", (source, fault) => {
    expect(commentFaults("seeded.ts", source).join("\n")).toContain(fault);
  });

  test.each([
    `/** ${long.replace("word word", "word. Word")} */\nconst one = 1;`,
    `/**\n * One of these:\n *\n * - ${long.replace("word word", "\n * - word")}\n */\nconst one = 1;`,
    `/** Runs \`${long}\` in a shell. */\nconst one = 1;`,
    'const one = "/* What is written anew */";',
    "const one = /\\/\\* anew \\*\\//;",
    "const one = `// Whoever asks ${2} times anew`;",
    "// What may a person do here?\nconst one = 1;",
    "/** What a schema expects, in words. */\nconst one = 1;",
    "/** A text. Whatever it holds, the result has two fences. */\nconst one = 1;",
    "// Stryker disable next-line all: What is left is anew\nconst one = 1;",
    "/** Whether the label is one of ours. Undefined if nobody knows what it means. */\nconst one = 1;",
    "/** Where the model's key is kept, whoever set it. When it is empty, nothing starts. */\nconst one = 1;",
    "/** Which of two versions is the newer one; the exercise is to be precise and concise. */\nconst one = 1;",
    "/** Advises a promise that a premise is wise, and raises no surprise. */\nconst one = 1;",
  ])("is left alone: %j", (source) => {
    expect(commentFaults("seeded.ts", source)).toEqual([]);
  });

  test("the line of a comment is named", () => {
    const source = "const one = 1;\n\n/**\n * A thing.\n * Whoever.\n */\nconst two = 2;\n";
    expect(commentFaults("seeded.ts", source)).toEqual([expect.stringMatching(/^seeded\.ts:3: /)]);
  });
});
