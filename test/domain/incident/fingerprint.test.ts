import { describe, expect, test } from "vitest";
import { digestOfValue } from "../../../src/domain/digest.ts";
import { fingerprintOf, withoutFigures } from "../../../src/domain/incident/fingerprint.ts";
import type { Frame } from "../../../src/domain/incident/incident.ts";
import { ownFrames } from "../../../src/domain/incident/own-frames.ts";
import { readAlert } from "../../../src/domain/incident/read-alert.ts";

const TREE = ["src/cart/total.ts", "src/cart/price.ts", "src/server.ts", "index.js", "docs/a.md"];

function frame(path: string, more: Partial<Frame> = {}): Frame {
  return { path, foreign: false, ...more };
}

describe("ownFrames", () => {
  test.each<[string, Frame, string | undefined]>([
    ["a path of the tree", frame("src/cart/total.ts"), "src/cart/total.ts"],
    ["below the folder of a deploy", frame("srv/releases/42/src/server.ts"), "src/server.ts"],
    ["a file at the root, by its whole path", frame("index.js"), "index.js"],
    ["a name alone is not enough", frame("srv/other/index.js"), undefined],
    ["foreign code", frame("src/server.ts", { foreign: true }), undefined],
    ["a file that is not there", frame("dist/server.js"), undefined],
    ["part of a folder's name", frame("mysrc/server.ts"), undefined],
    ["another case", frame("SRC/server.ts"), undefined],
  ])("finds the file of the tree: %s", (_what, one, file) => {
    expect(ownFrames([one], TREE).map((own) => own.file)).toEqual(file === undefined ? [] : [file]);
  });

  test("prefers the longest end of the path", () => {
    const tree = ["src/server.ts", "app/src/server.ts"];
    expect(ownFrames([frame("srv/app/src/server.ts", { line: 3 })], tree)).toEqual([
      { file: "app/src/server.ts", line: 3 },
    ]);
  });
});

function fingerprint(alert: object, source = "alert"): string {
  const reading = readAlert({ [source]: alert });
  if ("refusal" in reading) throw new Error(JSON.stringify(reading.refusal));
  return fingerprintOf(reading.incident, ownFrames(reading.incident.frames, TREE));
}

const ERROR = {
  type: "TypeError",
  message: "price is undefined",
  frames: [
    { path: "/srv/app/node_modules/lib/index.js", function: "call", line: 9 },
    { path: "/srv/app/src/cart/total.ts", function: "totalOf", line: 12 },
    { path: "/srv/app/src/server.ts", function: "handle", line: 31 },
  ],
  release: "v1",
};

describe("fingerprintOf", () => {
  test.each<[string, object]>([
    ["another line", { frames: ERROR.frames.map((one) => ({ ...one, line: one.line + 40 })) }],
    ["another release", { release: "v2" }],
    ["another text", { message: "price of 4711 is undefined" }],
    ["another folder of the deploy", { frames: movedFrom("/srv/app", "/var/www/20261128") }],
    ["another version of a dependency", { frames: movedFrom("/lib/", "/lib@2/") }],
    ["other counts and addresses", { count: 12, url: "https://a.example", userAgent: "x" }],
  ])("is the same for the same error with %s", (_what, change) => {
    expect(fingerprint({ ...ERROR, ...change })).toBe(fingerprint(ERROR));
  });

  test.each<[string, object]>([
    ["another type", { type: "RangeError" }],
    ["another function", { frames: movedFrom("totalOf", "sumOf") }],
    ["another file of its own", { frames: movedFrom("cart/total", "cart/price") }],
    ["no stack", { frames: [] }],
  ])("is another for %s", (_what, change) => {
    expect(fingerprint({ ...ERROR, ...change })).not.toBe(fingerprint(ERROR));
  });

  test("does not let a payload name its own", () => {
    const forged = {
      action: "triggered",
      data: {
        event: {
          title: "x",
          fingerprint: [fingerprint(ERROR)],
          exception: { values: [{ type: "RangeError", value: fingerprint(ERROR) }] },
        },
      },
    };
    expect(fingerprint(forged, "sentry")).not.toBe(fingerprint(ERROR));
    const twin = { ...forged, data: { event: { ...forged.data.event, fingerprint: ["other"] } } };
    expect(fingerprint(forged, "sentry")).toBe(fingerprint(twin, "sentry"));
  });

  const FOREIGN: readonly object[] = ["a/b/c.ts", "d.ts", "e/f.ts", "g.ts"].map((path) => ({
    path,
    function: "h",
  }));
  const foreign = (...frames: readonly object[]) => fingerprint({ type: "T", frames });

  test.each<[string, readonly object[], boolean]>([
    ["a deeper fourth call", FOREIGN.with(3, { path: "z.ts", function: "y" }), true],
    ["no fourth call", FOREIGN.slice(0, 3), true],
    ["another third call", FOREIGN.with(2, { path: "z.ts", function: "h" }), false],
    ["another machine's folders", FOREIGN.with(0, { path: "x/y/b/c.ts", function: "h" }), true],
    ["another last folder", FOREIGN.with(0, { path: "a/x/c.ts", function: "h" }), false],
    ["another function", FOREIGN.with(1, { path: "d.ts", function: "i" }), false],
    ["a function that nobody names", FOREIGN.with(1, { path: "d.ts" }), false],
    ["no stack", [], false],
  ])("of code that is not in the tree, %s: the same is %s", (_what, frames, isSame) => {
    expect(foreign(...frames) === foreign(...FOREIGN)).toBe(isSame);
  });

  test("is that of what it is made of, and of nothing else", () => {
    const place = (...places: readonly string[]) =>
      digestOfValue({ version: 1, source: "alert", type: "T", place: places });
    expect(foreign({ path: "x/a/b.ts" }, { path: "c.ts", function: "f" })).toBe(
      place("a/b.ts ", "c.ts f"),
    );
    const own = ["src/cart/total.ts", "src/cart/price.ts", "src/server.ts", "index.js"];
    expect(
      foreign(...own.map((path, index) => (index === 0 ? { path } : { path, function: "f" }))),
    ).toBe(place("src/cart/total.ts ", "src/cart/price.ts f", "src/server.ts f"));
    expect(foreign()).toBe(place());
  });

  test("cannot be built by moving the border between two fields", () => {
    expect(fingerprint({ type: "A", frames: [{ path: "b/c.x", function: "d" }] })).not.toBe(
      fingerprint({ type: "A b/c.x", frames: [{ path: "b/c.x", function: "d" }] }),
    );
  });

  test("tells the same alert of two sources apart", () => {
    const group = { status: "firing", groupLabels: { alertname: "x" } };
    expect(fingerprint(group, "grafana")).not.toBe(fingerprint(group, "alertmanager"));
  });

  test("groups as the receiver groups, in any order of its labels", () => {
    const one = { status: "firing", groupLabels: { alertname: "x", job: "shop" } };
    const other = { status: "firing", groupLabels: { job: "shop", alertname: "x" }, groupKey: "y" };
    const third = { status: "firing", groupLabels: { alertname: "x", job: "mail" } };
    expect(fingerprint(one, "alertmanager")).toBe(fingerprint(other, "alertmanager"));
    expect(fingerprint(one, "alertmanager")).not.toBe(fingerprint(third, "alertmanager"));
  });
});

describe("withoutFigures", () => {
  test.each([
    ["3 of 5 hosts", "0 of 0 hosts"],
    ["load is 12.5, was 7,25", "load is 0, was 0"],
    ["no figures", "no figures"],
    ["v1.2.3", "v0"],
  ])("%s → %s", (title, expected) => {
    expect(withoutFigures(title)).toBe(expected);
  });
});

function movedFrom(from: string, to: string) {
  return ERROR.frames.map((one) => ({
    ...one,
    path: one.path.replace(from, to),
    function: one.function.replace(from, to),
  }));
}
