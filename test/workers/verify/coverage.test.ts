import { describe, expect, test } from "vitest";
import { coveragePaths, readCoverage } from "../../../src/workers/verify/coverage.ts";

const read = (path: string, text: string) =>
  readCoverage({ path, bytes: new TextEncoder().encode(text) }, ["/ws"]);

describe("readCoverage", () => {
  test("reads lcov, records of one file taken together", () => {
    const lcov = [
      "TN:SF:src/none.ts",
      "DA:7,1",
      "SF:/ws/src/b.ts",
      "DA:1,1",
      "DA:2,0\r",
      "end_of_record",
      "SF:src/a.ts",
      "DA:1,0",
      "LF:1",
      "end_of_record",
      "SF:src/b.ts",
      "DA:2,4",
      "DA:2,0",
      "DA:x,1",
      "end_of_record",
    ].join("\n");
    expect(read("lcov.info", lcov)).toEqual({
      files: [
        { path: "src/a.ts", covered: 0, total: 1 },
        { path: "src/b.ts", covered: 2, total: 2 },
      ],
    });
  });

  test("reads Cobertura with its document type and a source folder", () => {
    const report = `<?xml version="1.0" ?><!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>
<coverage line-rate="0.5"><sources><source>/ws/rates</source></sources><packages><package name="."><classes>
<class name="quote" filename="quote.py"><methods/><lines><line number="1" hits="3"/><line number="2" hits="0"/></lines></class>
</classes></package></packages></coverage>`;
    expect(read("coverage.xml", report)).toEqual({
      files: [{ path: "rates/quote.py", covered: 1, total: 2 }],
    });
  });

  const cobertura = (source: string, classes: string) =>
    `<coverage>${source}<packages><package><classes>${classes}</classes></package></packages></coverage>`;
  const line = '<lines><line number="1" hits="3"/></lines>';
  test.each([
    ["no source folder", "", "rates/quote.py"],
    ["a relative one", "<sources><source>lib</source></sources>", "rates/quote.py"],
    ["one with blanks", "<sources><source>/ws/lib </source></sources>", "lib/rates/quote.py"],
  ])("reads Cobertura with %s", (_what, source, path) => {
    const named = `<class filename="rates/quote.py">${line}</class>`;
    expect(
      read("coverage.xml", cobertura(source, `<class name="x">${line}</class>${named}`)),
    ).toEqual({ files: [{ path, covered: 1, total: 1 }] });
  });

  test("takes an absolute path of Cobertura as it stands", () => {
    const source = "<sources><source>/ws/lib</source></sources>";
    const report = cobertura(source, `<class filename="/ws/src/a.py">${line}</class>`);
    expect(read("coverage.xml", report)).toEqual({
      files: [{ path: "src/a.py", covered: 1, total: 1 }],
    });
  });

  test("tells long paths by their beginning", () => {
    expect(read("lcov.info", `SF:${"p".repeat(400)}\n`)).toEqual({
      files: [{ path: "p".repeat(300), covered: 0, total: 0 }],
    });
  });

  test.each([
    [20_000, undefined],
    [20_001, "a report of more than 20000 files"],
  ])("of %i files: %j", (count, problem) => {
    const lines = Array.from({ length: count }, (_, index) => `SF:f${index}`);
    const reading = read("lcov.info", lines.join("\n"));
    expect("problem" in reading ? reading.problem : undefined).toBe(problem);
  });

  test("finds nothing in bytes that are no text", () => {
    expect(readCoverage({ path: "lcov.info", bytes: new Uint8Array([0xc3, 0x28]) }, [])).toEqual({
      problem: "not utf-8 text",
    });
  });

  test.each([
    ["lcov.info", "", /without any file/],
    ["lcov.info", "\u0000nonsense", /without any file/],
    ["coverage.xml", "<coverage>", /well-formed/],
    ["coverage.xml", `<!DOCTYPE a [<!ENTITY b "c">]><coverage/>`, /declarations/],
  ])("finds nothing in a broken %s", (path, text, problem) => {
    expect(read(path, text)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe("coveragePaths", () => {
  test("looks beside the test report first, then where tools leave it", () => {
    const paths = coveragePaths("reports/junit.xml");
    expect(paths[0]).toBe("reports/lcov.info");
    expect(paths).toContain("coverage/cobertura-coverage.xml");
    expect(paths).toContain("coverage.xml");
    expect(coveragePaths(undefined)[0]).toBe("coverage/lcov.info");
    expect(coveragePaths("build/**/reports/*.xml")[0]).toBe("build/lcov.info");
    expect(coveragePaths("**/reports/*.xml")[0]).toBe("coverage/lcov.info");
  });
});
