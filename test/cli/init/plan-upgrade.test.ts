import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planUpgrade } from "../../../src/cli/init/plan-upgrade.ts";
import { blobId, type InitRecord, planInit } from "../../../src/cli/init/record.ts";

const PATH = ".github/workflows/factory.yml";
const bytes = (text: string) => new TextEncoder().encode(text);

/** One file: what init wrote, what stands there, what this version writes. */
function upgrade(
  before: string,
  ours: string | undefined,
  now: string,
  about: Partial<{ record: InitRecord; hasOriginal: boolean }> = {},
) {
  const record = about.record ?? {
    version: 1,
    by: "OWNER/millwright@v0",
    complete: true,
    files: { [PATH]: blobId(before) },
  };
  const noted = record.bases?.[PATH];
  return planUpgrade([{ path: PATH, text: now, why: "" }], {
    by: "OWNER/millwright@v1",
    record,
    standing: () => (ours === undefined ? undefined : bytes(ours)),
    original: () =>
      noted !== undefined ? bytes(noted) : about.hasOriginal === false ? undefined : bytes(before),
  });
}

describe("a file that init wrote", () => {
  const OLD = "one\ntwo\nthree\nfour\n";
  const NEW = "ONE\ntwo\nthree\nfour\n";

  test.each([
    ["nobody changed it", OLD, NEW, { fate: "new", text: NEW }],
    [
      "a person added a line elsewhere",
      `${OLD}mine\n`,
      NEW,
      { fate: "merged", text: `${NEW}mine\n` },
    ],
    ["a person changed the same line", OLD.replace("one", "mine"), NEW, { fate: "conflict" }],
    ["a person wrote the same by hand", NEW, NEW, { fate: "same" }],
    ["this version writes the same", `${OLD}mine\n`, OLD, { fate: "same" }],
  ])("%s", (_, ours, now, expected) => {
    expect(upgrade(OLD, ours, now).files).toEqual([{ path: PATH, ...expected }]);
  });

  test("that a person took away stays away", () => {
    expect(upgrade(OLD, undefined, NEW).files).toEqual([]);
  });

  test("that a person changed stays as it is where nothing has what it was made from", () => {
    const { files, record } = upgrade(OLD, "mine\n", NEW, { hasOriginal: false });
    expect(files).toEqual([{ path: PATH, fate: "unknown" }]);
    expect(record.files[PATH]).toBe(blobId(OLD));
  });
});

describe("the pin of a workflow", () => {
  const at = (pin: string, more = "") =>
    `on: push\njobs:\n  a:\n    uses: ${pin.replace("@", "/.github/workflows/factory.yml@")}\n${more}`;
  const [before, now] = [at("OWNER/millwright@v0"), at("acme/millwright@v2 # v0.2.0")];

  test.each([
    ["the owner named, as init asks", at("acme/millwright@v0"), { fate: "new", text: now }],
    ["another commit of the same", at("acme/millwright@1a2b # mine"), { fate: "new", text: now }],
    [
      "and a line added",
      at("acme/millwright@v1", "# mine\n"),
      { fate: "merged", text: `${now}# mine\n` },
    ],
    ["another repository", at("fork/millwright@v1"), { fate: "conflict" }],
  ])("a person changed: %s", (_title, ours, expected) => {
    expect(upgrade(before, ours, now).files).toEqual([{ path: PATH, ...expected }]);
  });

  test("of another action stays as it is", () => {
    const own = "    steps:\n      - uses: other/tool/init@v3\n";
    const ours = at("acme/millwright@v1", own);
    expect(upgrade(before, ours, now).files[0]?.text).toBe(`${now}${own}`);
  });
});

test("config and instructions are the repository's own", () => {
  for (const path of [".github/factory.yml", "AGENTS.md"]) {
    const { files } = planUpgrade([{ path, text: "new\n", why: "" }], {
      by: "OWNER/millwright@v1",
      record: { version: 1, by: "", complete: true, files: { [path]: blobId("old\n") } },
      standing: () => bytes("old\n"),
      original: () => bytes("old\n"),
    });
    expect(files).toEqual([]);
  }
});

const line = fc.constantFrom("a", "b", "c", "d");
const text = fc
  .array(line, { maxLength: 6 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));

test("what init wrote is noted for all that upgrade moves, and for nothing else", () => {
  const wanted = [PATH, ".github/factory.yml", "AGENTS.md", "quality.md"].map((path) => ({
    ...{ path, text: `${path}\n`, why: "" },
  }));
  const { record } = planInit(wanted, { by: "", record: undefined, standing: () => undefined });
  expect(record?.bases).toEqual({ [PATH]: `${PATH}\n` });
});

describe("whatever stands there", () => {
  test("a second upgrade to the same version changes nothing, also after a merge and another version between", () => {
    fc.assert(
      fc.property(text, text, text, text, (before, ours, next, last) => {
        const first = upgrade(before, ours, next);
        const afterFirst = first.files[0]?.text ?? ours;
        const second = upgrade(before, afterFirst, last, {
          record: first.record,
          hasOriginal: first.record.files[PATH] === blobId(before),
        });
        const afterSecond = second.files[0]?.text ?? afterFirst;
        const again = upgrade(before, afterSecond, last, {
          record: second.record,
          hasOriginal: second.record.files[PATH] === blobId(before),
        });
        expect(again.files[0]?.text ?? afterSecond).toBe(afterSecond);
        expect(again.record).toEqual(second.record);
      }),
    );
  });

  test("a line that a person added is there afterwards", () => {
    fc.assert(
      fc.property(text, text, fc.nat(6), (before, next, at) => {
        const lines = before.split("\n");
        const ours = [...lines.slice(0, at), "mine", ...lines.slice(at)].join("\n");
        const { files } = upgrade(before, ours, next);
        expect((files[0]?.text ?? ours).split("\n")).toContain("mine");
      }),
    );
  });
});
