import type { Copy } from "../facts.ts";
import type { Finding } from "../finding.ts";

const UPGRADE = "`millwright upgrade --uses OWNER/NAME@COMMIT`";

/** The copies that `init --vendor` made: they are of one version only together. */
export function copyFindings(copies: readonly Copy[]): readonly Finding[] {
  if (copies.length === 0) return [];
  const about = "copied workflows";
  const paths = new Set(copies.map(({ path }) => path));
  const missing = copies.flatMap(({ path, calls }) =>
    calls.filter((called) => !paths.has(called)).map((called) => `${path} calls ${called}`),
  );
  if (missing.length > 0) {
    return [
      {
        about,
        state: "bad",
        found: `${missing[0]}, which is not there`,
        why: "GitHub starts no run of a workflow that calls a missing one.",
        mend: UPGRADE,
      },
    ];
  }
  const pins = new Set(
    copies.flatMap(({ pins: own }) => own.map(({ repository, ref }) => `${repository}@${ref}`)),
  );
  if (pins.size !== 1) {
    return [
      {
        about,
        state: "bad",
        found: `they use ${[...pins].join(" and ") || "no action of Millwright"}`,
        why: "Workflows and actions of several versions do not understand each other's orders.",
        mend: UPGRADE,
      },
    ];
  }
  return [{ about, state: "good", found: `${copies.length} of them, all of ${[...pins][0]}` }];
}
