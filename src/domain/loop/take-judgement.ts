import { type Digest, digestOfValue } from "../digest.ts";
import type { GatheredItem } from "./gathered.ts";
import type { ItemVerdict, Judgement, OwnProposal, Tie } from "./judgement.ts";
import { keyOf } from "./key-of.ts";
import { type Grounds, loose, type TieFault } from "./ties.ts";
import type { ToJudge } from "./to-judge.ts";

/** A judge's part in an issue to be filed. */
export interface JudgedItem extends GatheredItem {
  /** Items that the issue covers besides its own. None of them is filed or judged again while it is open. */
  readonly rests: readonly GatheredItem[];
  /** The judge's own proposal, entirely in its words. */
  readonly own: boolean;
  /** The judge's reason; empty for a proposal, which contains it. */
  readonly reason: string;
}

/** A statement of a judge that is not accepted. */
export interface NotTaken {
  /** The key of an item, or the title of a proposal. */
  readonly subject: string;
  readonly fault: TieFault;
  /** The reference that it gave. */
  readonly at: string;
}

/** The valid part of a judgement. */
export interface Taken {
  /** Items that may be filed, most important first. */
  readonly file: readonly JudgedItem[];
  /** Items that an open issue covers from now on, by the digest of its item. */
  readonly merged: ReadonlyMap<Digest, readonly GatheredItem[]>;
  readonly dropped: number;
  readonly notTaken: readonly NotTaken[];
}

interface Asked extends Grounds, ToJudge {
  /** `effects.propose` of the loop file. */
  readonly propose: number;
}

/**
 * Accepts only statements of a judgement with valid references:
 * - a verdict on an item that was asked about, whose lines, figures and items match
 * - a merge into a filed item
 * - a proposal that rests on an item that nothing else covers
 * An item without an accepted verdict is neither filed nor dropped: it is asked about again.
 */
export function takeJudgement(judgement: Judgement, asked: Asked): Taken {
  const verdicts = judgement.verdicts.map((one) => weighed(one, judgement, asked));
  const held = verdicts.flatMap((one) => ("holds" in one ? [one.holds] : []));
  const filed = held.flatMap((one) => (one.verdict === "file" ? [one] : []));
  const targets = new Set([...filed, ...asked.filed].map(({ key }) => key));
  const merges = held.flatMap((one) => (one.verdict === "merge" ? [one] : []));
  const loosened = merges.filter(({ into }) => !targets.has(into));
  const joined = merges.filter(({ into }) => targets.has(into));
  const proposals = proposalsOf(judgement.proposals, {
    asked,
    own: new Set([...filed, ...joined].map(({ key }) => key)),
  });
  const items = new Map(asked.items.map((item) => [item.key, item]));
  const intoOf = (key: string) =>
    joined.flatMap((one) => (one.into === key ? (items.get(one.key) ?? []) : []));
  return {
    file: [
      ...proposals.made,
      ...filed.flatMap(({ key, reason }) => {
        const item = items.get(key);
        return item === undefined ? [] : [{ ...item, reason, own: false, rests: intoOf(key) }];
      }),
    ],
    merged: new Map(
      asked.filed.flatMap((item) => {
        const more = intoOf(item.key);
        return more.length === 0 ? [] : [[keyOf(item), more] as const];
      }),
    ),
    dropped: held.filter(({ verdict }) => verdict === "drop").length,
    notTaken: [
      ...verdicts.flatMap((one) => ("holds" in one ? [] : [one])),
      ...loosened.map(({ key, into }) => ({
        ...{ subject: key, at: into, fault: "target-not-filed" as const },
      })),
      ...proposals.notTaken,
    ],
  };
}

/** One verdict alone. Whether the target of a merge is filed is checked once all are known. */
function weighed(
  verdict: ItemVerdict,
  { verdicts }: Judgement,
  asked: Asked,
): { readonly holds: ItemVerdict } | NotTaken {
  const { key: subject, evidence } = verdict;
  const refuse = (fault: TieFault, at = subject) => ({ subject, fault, at });
  if (asked.fresh.every(({ key }) => key !== subject)) return refuse("item-not-asked");
  // Of two verdicts on one item, neither counts.
  if (verdicts.filter(({ key }) => key === subject).length > 1) return refuse("item-twice");
  if (verdict.verdict === "drop" && evidence.length === 0) return refuse("nothing-shown");
  const fault = loose(evidence, { ...asked, own: subject });
  if (fault !== undefined) return refuse(fault.fault, fault.at);
  if (verdict.verdict === "merge" && verdict.into === subject) return refuse("item-itself");
  return { holds: verdict };
}

function proposalsOf(
  proposals: readonly OwnProposal[],
  { asked, own }: { readonly asked: Asked; readonly own: ReadonlySet<string> },
): { readonly made: readonly JudgedItem[]; readonly notTaken: readonly NotTaken[] } {
  const made: JudgedItem[] = [];
  const notTaken: NotTaken[] = [];
  const spoken = new Set<string>();
  for (const proposal of proposals) {
    const rests = restsOf(proposal, asked);
    const fault = faultOf(proposal, { asked, own, spoken, rests, made: made.length });
    if (fault !== undefined) {
      notTaken.push({ subject: proposal.title, ...fault });
      continue;
    }
    for (const { key } of rests) spoken.add(key);
    made.push(itemOf(proposal, { rests, asked }));
  }
  return { made, notTaken };
}

function faultOf(
  { evidence, title }: OwnProposal,
  about: {
    readonly asked: Asked;
    readonly own: ReadonlySet<string>;
    readonly spoken: ReadonlySet<string>;
    readonly rests: readonly GatheredItem[];
    readonly made: number;
  },
): Omit<NotTaken, "subject"> | undefined {
  const { asked, own, spoken, rests, made } = about;
  if (made >= asked.propose) return { fault: "too-many", at: `${asked.propose}` };
  const fault = loose(evidence, asked);
  if (fault !== undefined) return fault;
  if (rests.length === 0) return { fault: "nothing-shown", at: title };
  const filed = rests.find(({ key }) => own.has(key));
  if (filed !== undefined) return { fault: "item-filed-itself", at: filed.key };
  const twice = rests.find(({ key }) => spoken.has(key));
  return twice === undefined ? undefined : { fault: "item-proposed-twice", at: twice.key };
}

/** Items of its evidence that were asked about; they identify it. */
function restsOf({ evidence }: OwnProposal, { fresh }: ToJudge): readonly GatheredItem[] {
  const shown = new Set(evidence.flatMap((tie) => (tie.kind === "item" ? [tie.key] : [])));
  return fresh.filter(({ key }) => shown.has(key));
}

/** The same items make the same proposal, in whatever words. */
function itemOf(
  { title, body, evidence }: OwnProposal,
  { rests, asked }: { readonly rests: readonly GatheredItem[]; readonly asked: Asked },
): JudgedItem {
  const key = `proposed ${digestOfValue(rests.map((item) => item.key).toSorted())}`;
  const shown = evidence.flatMap((tie) => shownBy(tie, asked));
  return { key, title, body, evidence: shown, rests, own: true, reason: "" };
}

function shownBy(tie: Tie, { items }: Grounds): GatheredItem["evidence"] {
  switch (tie.kind) {
    case "item":
      return items.filter(({ key }) => key === tie.key).flatMap(evidenceOf);
    case "quote":
      return [{ what: "lines", at: `${tie.path}:${tie.line}`, output: tie.text }];
    case "figure":
      return [{ what: "measure", at: tie.measure, output: `${tie.value}` }];
  }
}

/** An item as evidence of another: its place, or its name if the gatherer showed no place. */
function evidenceOf({ key, title, evidence }: GatheredItem): GatheredItem["evidence"] {
  const [first] = evidence;
  return [{ what: title, at: first?.at ?? key, output: first?.output ?? "" }];
}
