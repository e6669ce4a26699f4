import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { incidentOf } from "../../../src/domain/incident/incident.ts";
import { beat, beginPulse } from "../../../src/domain/incident/pulse.ts";
import { alertMarker, renderAlertIssue } from "../../../src/wording/issue/alert-issue.ts";
import { parsePulse, renderPulse } from "../../../src/wording/issue/pulse-comment.ts";
import { ANY_CHARACTER } from "../../any-character.ts";

const FINGERPRINT = "b".repeat(64);
const HOSTILE = fc.oneof(
  fc.string({ unit: ANY_CHARACTER, maxLength: 80 }),
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
        const { title, body } = renderAlertIssue({
          incident,
          own,
          fingerprint: FINGERPRINT,
          suspect: {
            known: {
              commit: "d".repeat(40),
              title: other,
              file: "src/a.ts",
              line: 3,
              brought: true,
            },
          },
          repository: "https://github.com/OWNER/app",
        });
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

describe("the suspected merge", () => {
  const place = {
    commit: "d".repeat(40),
    title: "Merge #7: quote less",
    file: "src/a.ts",
    line: 3,
  };
  const said = (suspect: Parameters<typeof renderAlertIssue>[0]["suspect"], own = 1) =>
    renderAlertIssue({
      incident: incidentOf("alert", { status: "firing", type: "TypeError" }),
      own: own === 0 ? [] : [{ file: "src/a.ts", line: 3 }],
      fingerprint: FINGERPRINT,
      suspect,
      repository: "https://github.com/OWNER/app",
    }).body;

  test.each<[string, Parameters<typeof said>[0], string]>([
    [
      "by the very line",
      { known: { ...place, brought: true } },
      "in that release it added the very line `src/a.ts:3`.",
    ],
    [
      "by the very line, with a link of ours",
      { known: { ...place, brought: true } },
      `(https://github.com/OWNER/app/commit/${"d".repeat(40)}) (Merge \`#7\`: quote less)`,
    ],
    [
      "by the file",
      { known: { ...place, brought: false } },
      "is the last that changed `src/a.ts`, but not that line.",
    ],
    ["without a patch", { known: place }, "is the last that changed `src/a.ts`."],
    ["of none", { known: null }, "is unknown: none of the last ten merges"],
    ["of no release", undefined, "names no release that could be a tag or a commit"],
    [
      "of a release that is nowhere",
      { unknown: "the release is no tag and no commit" },
      "is unknown: the release is no tag",
    ],
  ])("is named %s", (_how, suspect, sentence) => {
    expect(said(suspect)).toContain(sentence);
  });

  test("is left out where no place of the repository is known", () => {
    expect(said(undefined, 0)).not.toContain("merge");
  });
});

describe("the comment that counts", () => {
  test("remembers what it shows", () => {
    const text = fc.string({ unit: ANY_CHARACTER, minLength: 1, maxLength: 60 });
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
