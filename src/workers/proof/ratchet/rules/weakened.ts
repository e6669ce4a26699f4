import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import { type Assertion, rank } from "../reading/assertions.ts";
import { type Comparison, findAdded, quote, surplus } from "./compare.ts";
import { type Case, literalsOf } from "./pair-tests.ts";
import { toleranceChange } from "./tolerance.ts";

/** Assertions of an existing test that got weaker. */
export function findWeakened({ pairing }: Comparison): readonly RatchetFinding[] {
  const elsewhere = new Set(
    [...pairing.fresh, ...pairing.pairs.map(({ after }) => after)].flatMap(({ assertions }) =>
      assertions.map(({ text }) => text),
    ),
  );
  return pairing.pairs.flatMap(({ before, after }) => {
    const lost = surplus(after.assertions, before.assertions, textKey);
    const added = surplus(before.assertions, after.assertions, textKey);
    const moved = (one: Assertion) => elsewhere.has(one.text);
    return judge(before, after, { lost: lost.filter((one) => !moved(one)), added });
  });
}

const textKey = ({ text }: Assertion) => text;

interface Changed {
  readonly lost: readonly Assertion[];
  readonly added: readonly Assertion[];
}

function judge(before: Case, after: Case, { lost, added }: Changed): readonly RatchetFinding[] {
  const free = [...added];
  const findings: RatchetFinding[] = [];
  const alone: Assertion[] = [];
  for (const one of lost) {
    const heir = heirOf(
      one,
      free,
      lost.length === added.length ? added[lost.indexOf(one)] : undefined,
    );
    if (heir === undefined) {
      alone.push(one);
      continue;
    }
    free.splice(free.indexOf(heir), 1);
    const rule = compare(one, heir, { before, after });
    if (rule === undefined) continue;
    findings.push(findAdded(rule, after.file, heir.node, quote(one.node, before.file)));
  }
  return [...findings, ...removed(alone, { before, after, added })];
}

/** The assertion about the same subject, or else the one in the same place. */
function heirOf(
  lost: Assertion,
  free: readonly Assertion[],
  beside: Assertion | undefined,
): Assertion | undefined {
  const about = free.filter(({ subjects }) => subjects.some((one) => lost.subjects.includes(one)));
  const same = about.find((one) => rank(one) >= rank(lost)) ?? about[0];
  return same ?? (beside !== undefined && free.includes(beside) ? beside : undefined);
}

function compare(
  lost: Assertion,
  heir: Assertion,
  { before, after }: { readonly before: Case; readonly after: Case },
): "tolerance-loosened" | "assertion-weakened" | undefined {
  if (toleranceChange(lost, heir, before.file, after.file) === "looser")
    return "tolerance-loosened";
  return rank(heir) < rank(lost) || isRecorded(lost, heir) ? "assertion-weakened" : undefined;
}

/** A recording is no claim, whatever it replaces. */
function isRecorded(lost: Assertion, heir: Assertion): boolean {
  return heir.strength === "recorded" && lost.strength !== "recorded";
}

function removed(
  alone: readonly Assertion[],
  { before, after, added }: { before: Case; after: Case; added: readonly Assertion[] },
): readonly RatchetFinding[] {
  if (alone.length === 0) return [];
  const has = literalsOf(after);
  const open = alone.filter((one) => !isCovered(one, added, has));
  const [first] = open;
  if (first === undefined || after.assertions.length >= before.assertions.length) return [];
  return [
    {
      path: after.file.path,
      line: after.test.line,
      rule: "assertions-removed",
      before: quote(first.node, before.file),
      after: after.assertions.length === 0 ? "" : quote(after.assertions[0]?.node, after.file),
    },
  ];
}

/** Several assertions may become one: on the whole object, or over a table with their values. */
function isCovered(
  lost: Assertion,
  added: readonly Assertion[],
  has: ReadonlySet<string>,
): boolean {
  const { values } = lost;
  return added.some((one) => {
    if (rank(one) < rank(lost)) return false;
    const whole = one.subjects.some((root) =>
      lost.subjects.some((part) => part.startsWith(`${root}.`) || part.startsWith(`${root}[`)),
    );
    const named = values.length > 0 && values.every((value) => has.has(value));
    return (
      named &&
      (whole || one.values.length === 0 || values.every((value) => one.values.includes(value)))
    );
  });
}
