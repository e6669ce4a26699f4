import { readFileSync } from "node:fs";
import { Conformance } from "../../domain/platform/conformance.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import { weatherOf } from "../../twin/github/weather/measured.ts";
import { isWeather, WEATHERS, type Weather } from "../../twin/github/weather/weather.ts";
import { UsageError } from "../shared/usage-error.ts";

/** The weather that `--weather` names: one of the table, all of them, or what a conformance run found. Throws for anything else. */
export function chooseWeather(named: string | undefined): Partial<Weather> | "all" | undefined {
  if (named === undefined || named === "all") return named;
  if (isWeather(named)) return WEATHERS[named];
  if (named.endsWith(".json")) return weatherOf(readConformance(named));
  const known = Object.keys(WEATHERS).join(", ");
  throw new UsageError(
    `there is no weather "${named}"; there is: all, ${known}, or the conformance.json of a run`,
  );
}

function readConformance(path: string): Conformance {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error: unknown) {
    throw new UsageError(`--weather: ${path} cannot be read: ${messageOf(error)}`);
  }
  const read = Conformance.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join(".") || "the file";
  throw new UsageError(
    `--weather: ${path} is no conformance.json: ${place}: ${issue?.message}. Take the artifact of the conformance workflow, unpacked`,
  );
}
