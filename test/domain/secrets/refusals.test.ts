import { describe, expect, test } from "vitest";
import { refuseLeak, refuseSuspicious } from "../../../src/domain/secrets/refusals.ts";
import { createSecretScan } from "../../../src/domain/secrets/scan.ts";

const VALUE = ["sk-ant-api03-Zk4Qw8Lr2Tn6Vx0Bc5Md9", "Fs1Gh7Jp3Ky8Ue4Io6Ra2"].join("");
const scan = createSecretScan([{ name: "KEY", value: VALUE }]);
const [left, right] = [VALUE.slice(0, 25), VALUE.slice(25)];
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const file = (path: string, content: string, encoding = "utf-8") => ({
  path,
  mode: "100644",
  encoding,
  content,
});

describe("a known secret in a value", () => {
  test.each<readonly [string, unknown, string]>([
    [
      "a string",
      { verdict: { findings: [{ claim: `it is\n${VALUE}` }] } },
      "verdict.findings.0.claim:2",
    ],
    ["a changed file", { changeSet: { files: [file("src/a.ts", `\n\n${VALUE}`)] } }, "src/a.ts:3"],
    ["a binary file", { files: [file("a.bin", base64(`\0\0${VALUE}`), "base64")] }, "a.bin:1"],
    [
      "a binary file in UTF-16",
      { files: [file("a.bin", base64(Buffer.from(VALUE, "utf16le")), "base64")] },
      "a.bin:1",
    ],
    [
      "neighbouring strings",
      { steps: ["a", VALUE.slice(0, 17), VALUE.slice(17, 30), VALUE.slice(30)] },
      "steps.2:1",
    ],
    ["a key", { [VALUE]: 1 }, "keys of the whole:1"],
    ["a file's name", [file(`src/${VALUE}`, "")], "0.path:1"],
  ])("is found in %s", (_name, value, place) => {
    const refusal = refuseLeak(value, scan);
    expect(refusal).toMatchObject({ code: "secret-leaked", subject: place });
    expect(JSON.stringify(refusal)).not.toContain(VALUE.slice(13, 25));
  });

  test("is found over files' names in different folders, and told without them", () => {
    const parts = VALUE.slice(13).match(/.{1,9}/g) ?? [];
    const files = parts.map((part, index) =>
      file(`src/part/${index % 2 ? "a" : "bc"}/${part}.ts`, ""),
    );
    const refusal = refuseLeak({ files }, scan);
    expect(refusal).toMatchObject({ code: "secret-leaked", subject: "several places together" });
  });

  test("does not name a place that holds it", () => {
    const refusal = refuseLeak({ files: [file(`${left}/${right}.ts`, VALUE)] }, scan);
    expect(JSON.stringify(refusal)).not.toContain(right);
  });

  test.each([[{}], [null], ["text"], [[1, true, { a: [undefined] }]]])("is not in %j", (value) => {
    expect(refuseLeak(value, scan)).toBeUndefined();
  });
});

describe("a change that looks as if it held a secret", () => {
  const token = ["ghp_Wm5Rb1Xk7Hq3Td9Ln2", "Pc6Vz0Jf4Gs8Ay1Eu5"].join("");
  const change = (...files: readonly unknown[]) => ({ base: "a".repeat(40), files }) as never;

  test.each<readonly [string, unknown, string]>([
    ["in its text", file("a.ts", `1\n${token}`), "a.ts:2"],
    ["in binary content", file("a.bin", base64(`\0${token}\0`), "base64"), "a.bin:1"],
    ["at the very end of it", file("a.bin", base64(`\0${token}`), "base64"), "a.bin:1"],
    ["one byte before it", file("a.bin", base64(`\0\0${token}`), "base64"), "a.bin:1"],
    ["in a name", file(`${token}.ts`, ""), "the name of a changed file:1"],
    ["in a deleted name", { path: token, deleted: true }, "the name of a changed file:1"],
  ])("%s is refused with its place", (_name, changed, subject) => {
    const refusal = refuseSuspicious(change(changed));
    expect(refusal).toMatchObject({ code: "secret-found", subject });
    expect(JSON.stringify(refusal)).not.toContain(token);
    expect(refuseSuspicious(change(changed), [Buffer.from(`before ${token}`)])).toBeUndefined();
  });

  test("is not one that deletes a file that holds one", () => {
    expect(refuseSuspicious(change({ path: "a.ts", deleted: true }))).toBeUndefined();
  });
});
