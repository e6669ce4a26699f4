import type { Conformance } from "../../../domain/platform/conformance.ts";
import type { Weather } from "./weather.ts";

/** GitHub's actual behavior in one conformance run, as far as weather can play it; unmet facts count as fair. */
export function weatherOf({ facts }: Conformance): Partial<Weather> {
  const numberIn = (fact: string) =>
    Number(/^(?:.*\bevery )?(\d+)\b/.exec(facts[fact]?.found ?? "")?.[1]);
  const counted = (key: keyof Weather, fact: string, unit = 1): Partial<Weather> => {
    const number = numberIn(fact);
    return number > 0 ? { [key]: number * unit } : {};
  };
  return {
    ...counted("mergesRefused", "6.5"),
    ...counted("readsUnknown", "6.6"),
    ...counted("listsLagMs", "7.1", 1_000),
    ...counted("limitsEvery", "3.2"),
    ...counted("failsEvery", "7.5"),
    ...counted("losesEvery", "7.6"),
    ...readingOf(facts["2.5"]?.found),
  };
}

function readingOf(found: string | undefined): Partial<Weather> {
  if (found === "ran") return { skips: "lenient" };
  return found === "skipped" ? { skips: "strict" } : {};
}
