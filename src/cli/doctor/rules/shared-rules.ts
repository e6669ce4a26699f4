import type { Origin } from "../../../domain/config/narrow/origins.ts";
import type { Facts, SharedFact } from "../facts.ts";
import type { Finding } from "../finding.ts";

const HOW = "docs/how-to/share-a-config.md";
const LONGEST = 80;

/** Where the values of the config come from, and whether the file of the organization can be read. */
export function sharedFindings({ shared, origins }: Facts): readonly Finding[] {
  return [
    ...(shared === undefined ? [] : [sharedFinding(shared)]),
    ...origins.filter(({ from }) => from !== "repository").map((one) => originFinding(one, shared)),
    ...ownFinding(origins),
  ];
}

function sharedFinding({ name, reading }: SharedFact): Finding {
  const about = `config of ${name}`;
  switch (reading.kind) {
    case "read":
      return { about, state: "good", found: "it is public and can be read; it narrows this one" };
    case "refused":
      return {
        about,
        state: "bad",
        found: reading.found,
        why: "Control reads it in each run. If it cannot read the file, it writes nothing, because the file might be stricter.",
        mend: HOW,
      };
    case "unknown":
      return {
        about,
        state: "unknown",
        found: reading.found,
        why: "It narrows this one; what counts in the end is not known here.",
        mend: "GH_TOKEN=$(gh auth token) millwright doctor",
      };
  }
}

function originFinding(
  { key, from, value, said }: Origin,
  shared: SharedFact | undefined,
): Finding {
  const by = shared?.name ?? "the organisation";
  const found =
    from === "narrowed"
      ? `${show(value)}, narrowed by ${by}; this repository says ${show(said)}`
      : `${show(value)}, from ${by}`;
  return { about: key, state: "good", found };
}

function ownFinding(origins: readonly Origin[]): readonly Finding[] {
  const own = origins.filter(({ from }) => from === "repository").map(({ key }) => key);
  if (own.length === 0) return [];
  return [{ about: "set here", state: "good", found: `${own.join(", ")}; the rest are defaults` }];
}

/** On one line, and no longer than a line holds. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
