import { resolve } from "node:path";
import { nearestKey } from "../../domain/config/faults.ts";
import { Conformance } from "../../domain/platform/conformance.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import { weatherOf } from "../../twin/github/weather/measured.ts";
import { isWeather, WEATHERS, type Weather } from "../../twin/github/weather/weather.ts";
import { readNamedFile } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";

/** The weather that `--weather` names: one of the table, all of them, or what a conformance run found. Throws for anything else. */
export async function chooseWeather(
  named: string | undefined,
  from: string,
): Promise<Partial<Weather> | "all" | undefined> {
  if (named === undefined || named === "all") return named;
  if (isWeather(named)) return WEATHERS[named];
  if (named.endsWith(".json")) return weatherOf(await readConformance(resolve(from, named)));
  const known = ["all", ...Object.keys(WEATHERS)];
  const nearest = nearestKey(named, known);
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  throw new UsageError(
    `--weather: there is no "${named}".${hint} Choose from: ${known.join(", ")}, or the conformance.json of a run`,
  );
}

async function readConformance(path: string): Promise<Conformance> {
  const text = (await readNamedFile("--weather", path)).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error: unknown) {
    throw new UsageError(`--weather: ${path} is no JSON: ${messageOf(error)}`);
  }
  const read = Conformance.safeParse(value, IN_WORDS);
  if (read.success) return read.data;
  throw new UsageError(
    `--weather: ${path} is no conformance.json: ${sayFault(read.error.issues[0], "the file")}. Take the artifact of the conformance workflow, unpacked`,
  );
}
