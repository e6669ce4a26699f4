import { expect, test } from "vitest";
import type { AddedPackage } from "../../../src/domain/evidence.ts";
import { sayAddedPackages } from "../../../src/wording/pull-request/added-packages.ts";

const PACKAGE: AddedPackage = {
  name: "left-pad",
  version: "1.3.0",
  host: "registry.npmjs.org",
  integrity: `sha512-${"A".repeat(86)}==`,
  publishedAt: "2018-04-09T10:11:12.000Z",
  weeklyDownloads: 2_100_000,
  lookAlike: null,
  installScript: false,
};

test("says of a package what a person has to know", () => {
  expect(sayAddedPackages({ added: [PACKAGE] })).toBe(
    "left-pad 1.3.0 from `registry.npmjs.org`, published 2018-04-09, 2,100,000 downloads a week",
  );
});

test("never says what nobody told", () => {
  const added = [{ ...PACKAGE, publishedAt: null, weeklyDownloads: null }];
  expect(sayAddedPackages({ added })).toContain("age not known, downloads not known");
  expect(sayAddedPackages({ added: [] })).toContain("none");
});

test("shows first what is suspicious, and counts what it leaves out", () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ ...PACKAGE, name: `thing-${index}` }));
  const added = [
    ...many,
    { ...PACKAGE, name: "expresss", lookAlike: "express", installScript: true },
  ];
  const said = sayAddedPackages({ added });
  expect(said).toMatch(
    /^expresss .*its name looks like express, its install script was not run; thing-0 /,
  );
  expect(said).toMatch(/; and 5 more$/);
});

test("shows names as text and nothing else", () => {
  const added = [{ ...PACKAGE, name: "@someone/<b>", host: "a`b" }];
  expect(sayAddedPackages({ added })).toMatch(/^`@someone\/<b>` 1\.3\.0 from `` a`b ``, /);
});
