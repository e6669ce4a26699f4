import { describe, expect, test } from "vitest";
import { FAMILIES } from "./attack.ts";
import { CATALOGUE } from "./catalogue.ts";
import { DEFENCES } from "./defence-table.ts";
import { chooseAttacks, chooseDefences, type Options, readOptions } from "./options.ts";

function optionsOf(...words: readonly string[]): Options {
  const read = readOptions(words);
  if ("fault" in read) throw new Error(read.fault);
  return read.options;
}

describe("what is played", () => {
  test("everything that is not open, when nothing is said", () => {
    const attacks = chooseAttacks(optionsOf());
    expect(new Set(attacks)).toEqual(new Set(CATALOGUE.filter(({ open }) => open === undefined)));
    expect(attacks.length).toBeGreaterThanOrEqual(120);
    expect(chooseDefences(optionsOf("--defences"))).toEqual(DEFENCES);
  });

  test("what is named, in the order of the catalogue", () => {
    const [first, second] = CATALOGUE;
    const ids = chooseAttacks(optionsOf("--only", `${second?.id},${first?.id}`)).map(
      ({ id }) => id,
    );
    expect(ids).toEqual([first?.id, second?.id]);
  });

  test.each(FAMILIES)("the family %s", (family) => {
    const attacks = chooseAttacks(optionsOf("--family", family));
    expect(attacks.length).toBeGreaterThan(0);
    expect(new Set(attacks.map((attack) => attack.family))).toEqual(new Set([family]));
  });

  test("a sample that leaves out no family", () => {
    const sample = chooseAttacks(optionsOf("--every", "8"));
    expect(sample.length).toBeLessThan(chooseAttacks(optionsOf()).length / 6);
    expect(new Set(sample.map(({ family }) => family))).toEqual(new Set(FAMILIES));
  });

  test("a sample of the defences", () => {
    const sample = chooseDefences(optionsOf("--defences", "--every", "9"));
    expect(sample).toEqual(DEFENCES.filter((_defence, index) => index % 9 === 0));
    expect(sample.length).toBeGreaterThan(4);
  });
});

test.each([
  [["--nothing"], /nothing/],
  [["--only", "GIT-2a"], /nearest is GIT-02a/],
  [["--only", ""], /takes ids/],
  [["--family", "GITS"], /nearest is GIT/],
  [["--only", "GIT-02a", "--family", "OUT"], /None of these is of the family OUT/],
  [["--lanes", "0"], /1 to 16/],
  [["--lanes", "two"], /1 to 16/],
  [["--every", "0"], /whole number/],
  [["--every", "1.5"], /whole number/],
  [["--defences", "--only", "sandbx"], /No defence is called sandbx/],
])("%j is a fault that says what to type", (words, says) => {
  const read = readOptions(words);
  expect("fault" in read ? read.fault : "taken").toMatch(says);
});
