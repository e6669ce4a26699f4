import { FAMILIES } from "./attack.ts";
import { held, type Verdict } from "./verdict.ts";

/** The one JSON line of a run: what held counts as refused, whether by a refusal or because it could do nothing. */
export function countOf(verdicts: readonly Verdict[]) {
  const count = (list: readonly Verdict[]) => ({
    attacks: list.length,
    refused: list.filter(held).length,
    landed: list.filter(({ result }) => result === "landed").length,
    leaked: list.filter(({ result }) => result === "leaked").length,
  });
  const families = FAMILIES.filter((family) =>
    verdicts.some(({ attack }) => attack.family === family),
  );
  return {
    ...count(verdicts),
    byFamily: Object.fromEntries(
      families.map((family) => [
        family,
        count(verdicts.filter(({ attack }) => attack.family === family)),
      ]),
    ),
  };
}

/** A table per family, and below each attack that did not hold, why. */
export function renderTable(verdicts: readonly Verdict[]): string {
  return FAMILIES.flatMap((family) => {
    const own = verdicts.filter(({ attack }) => attack.family === family);
    return own.length === 0 ? [] : [`\n${family}`, ...own.flatMap(renderVerdict)];
  }).join("\n");
}

function renderVerdict({
  attack,
  result,
  where,
  by,
  violations,
  missed,
}: Verdict): readonly string[] {
  const line = [
    attack.id.padEnd(9),
    result.padEnd(9),
    attack.model.padEnd(11),
    where.padEnd(16),
    `${attack.title} · ${by === "" ? "nothing said" : by}`,
  ].join(" ");
  return [
    `  ${line}`,
    ...violations.map(({ invariant, what }) => `      ${invariant}: ${what}`),
    ...missed.map((why) => `      not as it says: ${why}`),
  ];
}
