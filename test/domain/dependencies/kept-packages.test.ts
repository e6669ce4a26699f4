import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  judgePackages,
  labelPackages,
  setupKey,
} from "../../../src/domain/dependencies/kept-packages.ts";
import { makeRsaKey, makeSigningKeys } from "../../fakes/signing-keys.ts";

const OWN = makeSigningKeys();
const OTHER = makeSigningKeys();
const [KEY, DIGEST] = ["a".repeat(64), "b".repeat(64)];
const FACTS = { madeFor: KEY, digest: DIGEST, bytes: 1_000, setupMs: 41_000 };
const FOUND = { digest: DIGEST, key: KEY, signer: OWN.publicKey };

describe("packages that an earlier setup brought", () => {
  test("are opened where the base's key signed these bytes for this key", () => {
    const label = labelPackages(FACTS, OWN.privateKey);
    expect(judgePackages({ label, ...FOUND })).toEqual({ kept: { version: 1, ...FACTS } });
    expect(judgePackages({ label: `${label}   `, ...FOUND })).toHaveProperty("kept");
  });

  test.each([
    ["signed by another key", labelPackages(FACTS, OTHER.privateKey), {}, "not signed"],
    ["for other packages", labelPackages(FACTS, OWN.privateKey), { key: DIGEST }, "other packages"],
    ["with other bytes", labelPackages(FACTS, OWN.privateKey), { digest: KEY }, "bytes"],
    ["without a label", "", {}, "label"],
    ["with a label of another shape", '{"facts":{}}', {}, "label"],
    ["where the base has no key", labelPackages(FACTS, OWN.privateKey), { signer: "x" }, "PEM"],
    [
      "where the base's key is of another kind",
      labelPackages(FACTS, OWN.privateKey),
      { signer: makeRsaKey() },
      "PEM",
    ],
  ])("are left %s", (_, label, change, because) => {
    expect(judgePackages({ label, ...FOUND, ...change })).toEqual({
      because: expect.stringContaining(because),
    });
  });

  test("are left whatever single letter of the label is another one", () => {
    const label = labelPackages(FACTS, OWN.privateKey);
    fc.assert(
      fc.property(
        fc.nat(label.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, letter) => {
          const changed = `${label.slice(0, at)}${letter}${label.slice(at + 1)}`;
          const judged = judgePackages({ label: changed, ...FOUND });
          // Blanks between the words of JSON, and the unused bits of base64, say nothing.
          if ("kept" in judged) expect(judged.kept).toEqual({ version: 1, ...FACTS });
          else expect(judged.because).not.toBe("");
        },
      ),
    );
  });

  test("cannot be signed by what is no key", () => {
    expect(() => labelPackages(FACTS, "x")).toThrow();
  });
});

describe("the key of packages", () => {
  const about = {
    files: [
      { path: "package-lock.json", digest: KEY },
      { path: "src/a.ts", digest: KEY },
    ],
    command: "npm ci",
    machine: ["linux", "x64"],
    sees: undefined,
  };

  test.each([
    ["another lockfile", { files: [{ path: "package-lock.json", digest: DIGEST }] }],
    ["one lockfile more", { files: [...about.files, { path: "b/go.sum", digest: KEY }] }],
    ["a lockfile elsewhere", { files: [{ path: "b/package-lock.json", digest: KEY }] }],
    ["another command", { command: "npm ci --ignore-scripts" }],
    ["another machine", { machine: ["linux", "arm64"] }],
    ["files that it sees alone", { sees: ["package-lock.json"] }],
  ])("is another one with %s", (_, change) => {
    expect(setupKey({ ...about, ...change })).not.toBe(setupKey(about));
  });

  test("is the same with other sources and in another order", () => {
    const source = { path: "src/a.ts", digest: DIGEST };
    const [lock] = about.files;
    expect(setupKey({ ...about, files: [source, ...(lock ? [lock] : [])] })).toBe(setupKey(about));
  });

  test("hangs on each file that setup sees alone, whatever that is", () => {
    const alone = { ...about, sees: ["src/**"] };
    const other = { path: "src/a.ts", digest: DIGEST };
    expect(setupKey({ ...alone, files: [other] })).not.toBe(setupKey(alone));
    const lock = { path: "package-lock.json", digest: DIGEST };
    const [, source] = about.files;
    expect(setupKey({ ...alone, files: [lock, ...(source ? [source] : [])] })).toBe(
      setupKey(alone),
    );
  });
});
