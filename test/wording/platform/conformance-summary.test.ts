import { describe, expect, test } from "vitest";
import { compare } from "../../../src/domain/platform/conformance.ts";
import { renderConformance } from "../../../src/wording/platform/conformance-summary.ts";

const RUN = { repository: "OWNER/app", run: 7, attempt: 1, at: "2026-11-29T12:00:00Z" };

describe("the summary of a conformance run", () => {
  const text = renderConformance(compare({ "2.5": "ran", "2.6": "ran", "6.5": "2" }, RUN));

  test("counts, and tells what differs before the rest", () => {
    expect(text).toContain("2 facts as believed, 1 otherwise,");
    const heads = [...text.matchAll(/^#### (.+)$|<summary>(.+)<\/summary>/gm)];
    const said = heads.map(([, title, folded]) => title ?? `folded: ${folded}`);
    expect(said).toEqual(["GitHub does otherwise", "Not met in this run", "folded: As believed"]);
    expect(text).toMatch(/^\| 2\.5 \| Whether a job .* \| ran \(believed: skipped\) \|$/m);
    expect(text).toMatch(/^\| 6\.5 \| .* \| 2 \(believed: at most 5\) \|$/m);
  });

  test("lets nothing that was found break a row", () => {
    const broken = renderConformance(compare({ "6.1": "422 a|b @team" }, RUN));
    expect(broken).not.toContain("a|b @team");
  });
});
