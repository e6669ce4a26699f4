/**
 * The one-sided rank-sum test of Wilcoxon, Mann and Whitney, exact: the probability, over all choices of the recent
 * values, that their ranks sum to at least the observed sum. It assumes only that the order of the runs means nothing if
 * nothing has changed; equal values share their ranks, so it stays exact with ties. (Lehmann, Nonparametrics, 1.2 and
 * 1.4)
 */
export function probabilityOfHigher(recent: readonly number[], before: readonly number[]): number {
  const ranks = doubledRanks([...recent, ...before]);
  const observed = sum(ranks.slice(0, recent.length));
  const counts = countSums(ranks, recent.length);
  const all = sum(counts);
  return sum(counts.slice(observed)) / all;
}

/** The least probability that this many runs can show. Below it no alarm is possible. */
export function leastProbability(recent: number, before: number): number {
  let ways = 1;
  for (let chosen = 1; chosen <= recent; chosen += 1) ways = (ways * (before + chosen)) / chosen;
  return 1 / ways;
}

/** Twice the rank of each value, so that shared ranks are whole numbers. */
function doubledRanks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const lower = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return 2 * lower + same + 1;
  });
}

/** Number of choices of `size` ranks for each sum. */
function countSums(ranks: readonly number[], size: number): readonly number[] {
  const most = sum(ranks);
  const ways = Array.from({ length: size + 1 }, () => new Array<number>(most + 1).fill(0));
  const nothing = ways[0];
  if (nothing !== undefined) nothing[0] = 1;
  for (const rank of ranks) {
    for (let chosen = size; chosen >= 1; chosen -= 1) {
      const [with_, without] = [ways[chosen] ?? [], ways[chosen - 1] ?? []];
      for (let total = most; total >= rank; total -= 1) {
        with_[total] = (with_[total] ?? 0) + (without[total - rank] ?? 0);
      }
    }
  }
  return ways[size] ?? [];
}

/** The size of the change: the median of all ratios of a recent value to an earlier one (Hodges and Lehmann, on a logarithmic scale). */
export function ratioOf(recent: readonly number[], before: readonly number[]): number {
  return medianOf(recent.flatMap((one) => before.map((other) => one / other)));
}

/** @throws RangeError for no values */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError("a median of nothing");
  return (low + high) / 2;
}

/**
 * Which probabilities are alarms, so that all together are false at most as often as `alpha` (Holm, 1979).
 */
export function alarmsAmong(probabilities: readonly number[], alpha: number): readonly boolean[] {
  const order = probabilities
    .map((probability, index) => ({ probability, index }))
    .toSorted((left, right) => left.probability - right.probability);
  const alarms = new Set<number>();
  for (const [rank, { probability, index }] of order.entries()) {
    if (probability > alpha / (probabilities.length - rank)) break;
    alarms.add(index);
  }
  return probabilities.map((_, index) => alarms.has(index));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
