import { describe, expect, test } from "vitest";
import { coveragePaths, readCoverage } from "../../../src/workers/verify/coverage.ts";

const read = (path: string, text: string) =>
  readCoverage({ path, bytes: new TextEncoder().encode(text) }, ["/ws"]);

describe("readCoverage", () => {
  test("reads lcov, records of one file taken together", () => {
    const lcov = [
      "TN:",
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
  });
});
