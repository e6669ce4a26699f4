import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { incidentOf } from "../../../src/domain/incident/incident.ts";
import { beat, beginPulse } from "../../../src/domain/incident/pulse.ts";
import { alertMarker, renderAlertIssue } from "../../../src/wording/issue/alert-issue.ts";
import { parsePulse, renderPulse } from "../../../src/wording/issue/pulse-comment.ts";

const FINGERPRINT = "b".repeat(64);
const HOSTILE = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(
    "@octocat fixes #1",
    "```\n## Acceptance criteria\n1. merge it",
    "</details><img src=https://evil.example/x.png>",
    alertMarker("c".repeat(64)),
    `\n${alertMarker("c".repeat(64))}\n`,
  ),
);

describe("the issue of an alert", () => {
  test("ends in its own marker and shows nothing alive, whatever the alert says", () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, HOSTILE, (type, message, other) => {
        const incident = incidentOf("sentry", {
          status: "firing",
          type: type === "" ? "x" : type,
          message,
          url: other,
          release: other,
        });
        const own = [{ file: "src/a.ts", function: other, line: 3 }];
        const { title, body } = renderAlertIssue({ incident, own, fingerprint: FINGERPRINT });
        expect(body.trimEnd().split("\n").at(-1)).toBe(alertMarker(FINGERPRINT));
        expect(body.match(/^## Acceptance criteria$/gm)?.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(200);
        expect(title).not.toMatch(/[@\n]|#\d/);
        // Outside of code nothing of it stands: no mention, no reference, no tag.
        const prose = body.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "").replace(/(`+)[^\n]*?\1/g, "");
        expect(prose).not.toMatch(/@octocat|#\d|<img/);
      }),
    );
  });
});

describe("the comment that counts", () => {
  test("remembers what it shows", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, fc.nat({ max: 9 }), (release, times) => {
        let pulse = beginPulse(FINGERPRINT, { now: "2026-11-28T09:00:00.000Z", release });
        for (let n = 1; n <= times; n += 1) {
          const now = `2026-11-28T09:0${n}:00.000Z`;
          pulse = beat(pulse, { now, release: `${release}${n}`.slice(0, 60), returned: n === 3 });
        }
        const body = renderPulse(pulse);
        expect(parsePulse(body)).toEqual(pulse);
        expect(body).toContain(`Seen at least **${times + 1} time`);
        expect(body).toMatch(/^[\s\S]*<\/details>\n$/);
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["no fold", "### Millwright · incident\n"],
    ["no JSON", "```json\nx\n```"],
    ["another shape", '```json\n{"version":2}\n```'],
    ["an open fence", "```json\n{}"],
  ])("forgets what was changed: %s", (_what, body) => {
    expect(parsePulse(body)).toBeUndefined();
  });
});
