import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflate } from "../../../src/adapters/runner/job-secrets.ts";
import { createSecretScan, type SecretScan } from "../../../src/domain/secrets/scan.ts";
import { EVERY_CASE, manyOf } from "../../cases.ts";
import { FORMS, SECRETS } from "./secret-forms.ts";

/** Where the secret stands: between any texts that do not touch it. */
const place = fc.tuple(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }));

/** Making a scan costs far more than scanning. With every case each form gets values of its own, else they share some. */
const SHARED_VALUES = 12;
const scans = new Map<string, SecretScan>();

function scanFor(value: string): SecretScan {
  const known = scans.get(value);
  if (known !== undefined) return known;
  const scan = createSecretScan([{ name: "THE_SECRET", value }], { inflate });
  if (!EVERY_CASE) scans.set(value, scan);
  return scan;
}

describe.each(SECRETS)("%s", (_name, secrets) => {
  const values = EVERY_CASE ? secrets : fc.constantFrom(...fc.sample(secrets, SHARED_VALUES));

  test.each(Object.entries(FORMS))("is found %s, anywhere", (form, write) => {
    fc.assert(
      fc.property(values, place, (value, [before, after]) => {
        const leak = scanFor(value)(`${before}\n${write(value)}\n${after}`);
        expect(leak, form).toMatchObject({ name: "THE_SECRET" });
      }),
      { numRuns: SHARED_VALUES },
    );
  });

  test("is not found in a text without it", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 2_000 }),
      fc.base64String({ maxLength: 2_000 }),
      fc.array(secrets, { maxLength: 4 }).map((others) => others.join("\n")),
    );
    fc.assert(
      fc.property(values, text, (value, other) => {
        fc.pre(!other.includes(value));
        expect(scanFor(value)(other)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe("a scan", () => {
  const value = "sk-ant-api03-Zk4Qw8Lr2Tn6Vx0Bc5Md9Fs1Gh7Jp3Ky8Ue4Io6Ra2";
  const scan = createSecretScan([{ name: "KEY", value }], { inflate });

  test("names the secret, the form and the line, and nothing of the value", () => {
    expect(scan(`a\nb\n  key: ${value}`)).toEqual({ name: "KEY", form: "", line: 3 });
    const base64 = Buffer.from(value).toString("base64");
    expect(scan(`a\n${base64}`)).toEqual({ name: "KEY", form: "base64", line: 2 });
    expect(
      scan(encodeURIComponent([...value].map((one) => `&#${one.charCodeAt(0)};`).join(""))),
    ).toEqual({
      name: "KEY",
      form: "character codes",
    });
  });

  test("takes a UUID of many digits for random: a part of it is as good as the whole", () => {
    const uuid = "decoy.e7eac1d6-5051-3332-4351-96cf15376640";
    const found = createSecretScan([{ name: "KEY", value: uuid }])(`x ${uuid.slice(-24)} y`);
    expect(found).toMatchObject({ name: "KEY" });
  });

  test("takes another key of the same maker for none of this run", () => {
    expect(scan("sk-ant-api03-Mq7Wc2Xv9Nb4Lz6Hk1Js8Dg3Fa5Pt0Yr7Ui2Oe9Wl4")).toBeUndefined();
    expect(scan("sk-ant-api03-… is what a key begins with; sk_ant_api03")).toBeUndefined();
  });

  test("looks for a value made of words as a whole only: its words stand in ordinary text", () => {
    const words = createSecretScan([{ name: "SEAL", value: "correct-horse-battery-staple" }]);
    expect(words("a correct horse, and a battery; staple")).toBeUndefined();
    expect(words("correct horse battery")).toBeUndefined();
    expect(words("Correct_Horse_Battery_Staple")).toMatchObject({ name: "SEAL" });
    expect(words(Buffer.from("correct-horse-battery-staple").toString("hex"))).toMatchObject({
      form: "hex digits",
    });
  });

  test("looks for no value that is too short to be told from ordinary text", () => {
    expect(createSecretScan([{ name: "SEAL", value: "a-key" }])("a key, a-key")).toBeUndefined();
    expect(createSecretScan([])("anything")).toBeUndefined();
  });

  test.each([
    ["one character", "a".repeat(manyOf(3_000_000))],
    ["leads without escapes", "%\\&#0x".repeat(manyOf(500_000))],
    ["escapes", "\\u0061%61&#97;".repeat(manyOf(200_000))],
    ["what begins like gzip", "H4sI".repeat(manyOf(700_000))],
    ["pieces of the secret itself", value.slice(20, 30).repeat(manyOf(300_000))],
  ])("stays linear on many times %s", { timeout: 20_000 }, (_name, text) => {
    expect(scan(text)).toBeUndefined();
  });
});
