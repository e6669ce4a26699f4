import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, type Piece, piecesOf } from "../../src/wording/fold.ts";
import { boundBody, safeBlock, safeText } from "../../src/wording/safe-text.ts";
import { cases } from "../cases.ts";
import { hostileText } from "./hostile-text.ts";

describe("a fold", () => {
  test("is nothing where it holds nothing", () => {
    expect(fold("More", [])).toEqual([]);
  });

  test("is found again by what it says, with the folds in it and the text around it", () => {
    const inner = fold("Inner", ["b"]);
    const text = ["a", "", ...fold("Outer", ["first", "", ...inner]), "", "z"].join("\n");
    expect(piecesOf(text)).toEqual([
      { text: "a" },
      {
        ...{ summary: "Outer", isOpen: false },
        pieces: [{ text: "first" }, { summary: "Inner", isOpen: false, pieces: [{ text: "b" }] }],
      },
      { text: "z" },
    ]);
  });

  test("that was cut ends with the text", () => {
    const [piece] = piecesOf("<details open><summary><b>A</b></summary>\n\nx");
    expect(piece).toEqual({ summary: "A", isOpen: true, pieces: [{ text: "x" }] });
  });

  test("is none in a fence, whatever others wrote into it", () => {
    const hostile = ["</details>", "<details><summary>x</summary>", "```"].join("\n");
    const lines = fold("Output", [safeBlock(hostile)]);
    expect(piecesOf(lines.join("\n"))).toEqual([
      { summary: "Output", isOpen: false, pieces: [{ text: safeBlock(hostile) }] },
    ]);
  });

  test("holds one piece of text, whatever others wrote", () => {
    fc.assert(
      fc.property(hostileText(), (words) => {
        const text = fold("Words", [safeBlock(words), "", `- ${safeText(words)}`]).join("\n");
        const [piece, ...more] = piecesOf(text);
        expect(more).toEqual([]);
        expect(texts(piece)).toBe(1);
      }),
      cases(200),
    );
  });

  test("is closed before the notice of a text that is cut", () => {
    const long = [...fold("Outer", [...fold("Inner", ["word ".repeat(40)]), "x\n".repeat(400)])];
    for (const characters of [500, 600, 900]) {
      const cut = boundBody(long.join("\n"), { characters });
      expect(cut.length).toBeLessThanOrEqual(characters);
      const opened = cut.match(/<details>/gu)?.length ?? 0;
      expect(cut.match(/<\/details>/gu)?.length ?? 0).toBe(opened);
      expect(cut).toMatch(/_Cut: the whole text has .*_\n$/u);
    }
  });
});

function texts(piece: Piece | undefined): number {
  if (piece === undefined) return 0;
  return "text" in piece ? 1 : piece.pieces.reduce((sum, inner) => sum + texts(inner), 0);
}
