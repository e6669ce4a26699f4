import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { JudgedProbe, JudgedSize } from "../../gatherers/performance/judge.ts";
import { counted } from "../figures.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

interface Judged {
  readonly sizes: readonly JudgedSize[];
  readonly probes: readonly JudgedProbe[];
  readonly alpha: number;
  readonly commit: string;
}

/** The items of the performance watch, and every figure by name. */
export function performanceItems({ sizes, probes, alpha, commit }: Judged): Gathered {
  return gathered(
    [
      ...sizes.flatMap((size) => sizeItem(size, commit)),
      ...probes.flatMap((probe) => probeItem(probe, alpha)),
    ],
    {
      ...Object.fromEntries(sizes.map(({ name, gzip }) => [name, gzip])),
      ...Object.fromEntries(probes.map(({ probe, median }) => [probe.name, median])),
      ...Object.fromEntries(
        probes.flatMap(({ probe, found }) =>
          found.kind === "tested" ? [[`${probe.name}-power`, found.power] as const] : [],
        ),
      ),
      "cannot-tell": probes.filter(({ found }) => found.kind !== "tested").length,
    },
  );
}

function sizeItem(size: JudgedSize, commit: string): readonly GatheredItem[] {
  const { name, bytes, gzip, before, limit, worse } = size;
  if (worse === undefined) return [];
  const than =
    worse === "over-limit"
      ? `${counted(limit ?? 0, "byte")}, its limit`
      : `${counted(before?.gzip ?? 0, "byte")} at ${before?.commit.slice(0, 12)}`;
  return [
    {
      key: keyed("size", name),
      title: titled(`${name} is ${counted(gzip, "byte")} after gzip, more than ${than}`),
      body: `A size is exact: measured again at this commit, it is the same.`,
      evidence: [
        {
          what: "size",
          at: cut(commit, 1_000),
          output: `${name}: ${counted(bytes, "byte")}, ${gzip} after gzip; before: ${before?.gzip ?? "not measured"}`,
        },
      ],
    },
  ];
}

function probeItem(judged: JudgedProbe, alpha: number): readonly GatheredItem[] {
  const { probe, found, recent, before, commits } = judged;
  if (found.kind !== "tested" || !found.isWorse) return [];
  const { name, unit, run } = probe;
  const by = `${Math.round((found.ratio - 1) * 100)} %`;
  const list = (values: readonly number[]) =>
    values.map((value) => value.toPrecision(5)).join(", ");
  return [
    {
      key: keyed("probe", name),
      title: titled(`${name} is ${by} worse than before`),
      body: cut(
        `The middles of the last ${recent.length} runs against those of ${before.length} before: an exact rank-sum test gives a probability of ${found.probability.toPrecision(2)} that nothing changed and chance alone did this; alarms of all probes together are false in at most ${alpha} of all looks. A change of twice the least effect would be noticed in ${Math.round(found.power * 100)} % of all cases. The change came with ${codeSpan(commits[0] ?? "")} or near it.`,
        20_000,
      ),
      evidence: [
        {
          what: cut(`probe: ${run}`, 500),
          at: cut(commits.join(" "), 1_000),
          output: `recent (${unit}): ${list(recent)}\nbefore (${unit}): ${list(before)}`,
        },
      ],
    },
  ];
}
