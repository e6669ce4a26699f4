import { gunzipSync } from "node:zlib";
import { LINE } from "../../../src/line.ts";
import { parseCommand } from "../../../src/twin/runner/job/commands.ts";
import type { Invariant, Observation, SeenProcess, Violation } from "../observation.ts";
import { stationOf, stationOfProcess } from "../observation.ts";

/** Shorter pieces would be found by chance. */
const PIECE = 16;

/**
 * Texts by which a secret is known in whatever form it left: as it is, reversed, rot13, hex, base64 at each of the three
 * alignments, percent-encoded; cut into pieces, because a prefix is enough for whoever reads it.
 */
export function formsOf(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString("hex");
  const reversed = [...secret].reverse().join("");
  const aligned = [0, 1, 2].map((shift) =>
    Buffer.from("x".repeat(shift) + secret)
      .toString("base64")
      .slice(4, -4),
  );
  const percent = hex.replace(/../g, "%$&");
  return [secret, reversed, rot13(secret), hex, ...aligned]
    .flatMap(piecesOf)
    .concat(percent.slice(0, 3 * PIECE));
}

function piecesOf(form: string): readonly string[] {
  const count = Math.max(1, Math.floor(form.length / PIECE));
  return Array.from({ length: count }, (_, index) =>
    form.slice(index * PIECE, (index + 1) * PIECE),
  );
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** Whether a text holds a secret in any form, also with separators between its characters or gzipped and in base64. */
export function holds(text: string, secret: string): boolean {
  const forms = formsOf(secret);
  if (hasAny(text, forms) || hasAny(text.toLowerCase(), forms)) return true;
  if (text.length > 2_000_000) return false;
  const squeezed = text.replace(/[^A-Za-z0-9]+/g, "");
  const plain = formsOf(secret.replace(/[^A-Za-z0-9]+/g, ""));
  return hasAny(squeezed, plain) || unzippedIn(text).some((inner) => hasAny(inner, forms));
}

function hasAny(text: string, forms: readonly string[]): boolean {
  return forms.some((form) => text.includes(form));
}

/** gzip in base64 begins with H4sI. */
function unzippedIn(text: string): readonly string[] {
  return [...text.matchAll(/H4sI[A-Za-z0-9+/=\\n]{20,}/g)].flatMap(([found]) => {
    try {
      return [gunzipSync(Buffer.from(found, "base64")).toString("latin1")];
    } catch {
      return [];
    }
  });
}

/** Everything that left, by the name under which a violation is told. */
function sinksOf(seen: Observation): readonly (readonly [string, string])[] {
  return [
    ...seen.requests
      .filter(({ caller }) => caller.kind !== "person")
      .map(({ method, path, body }) => [`request ${method} ${path}`, `${path}\n${body}`] as const),
    ["git objects", seen.refs.objects],
    ...seen.handovers.map(
      ({ name, value }) => [`artifact ${name}`, JSON.stringify(value)] as const,
    ),
    ...seen.jobs.map((job) => {
      const { summary, outputs, annotations, log } = job;
      return [
        `log of ${stationOf(job)}`,
        [summary, ...log, JSON.stringify([outputs, annotations])].join("\n"),
      ] as const;
    }),
    ...seen.processes.map(
      (each) => [`output of a step of job ${each.jobId}`, withoutMasks(each)] as const,
    ),
    ...seen.processes.map(
      (each) => [`arguments of a step of job ${each.jobId}`, each.arguments.join("\n")] as const,
    ),
    ...seen.model.map(
      ({ serial, body }) => [`model request ${serial}`, JSON.stringify(body ?? "")] as const,
    ),
  ];
}

/** What a step asks the runner to mask is never shown. */
function withoutMasks({ output }: SeenProcess): string {
  return output
    .split("\n")
    .filter((line) => parseCommand(line)?.name !== "add-mask")
    .join("\n");
}

/** I2: no secret is anywhere outside the process that may hold it. */
export const secretsStay: Invariant = (seen) => {
  const sinks = sinksOf(seen);
  const found = seen.canaries.flatMap(({ at, value }) =>
    sinks.flatMap(([sink, text]): readonly Violation[] =>
      holds(text, value)
        ? [{ invariant: "I2", kind: "leaked", what: `${at} is in the ${sink}` }]
        : [],
    ),
  );
  return [...found, ...inEnvironments(seen)];
};

/** Which secrets the process of a station may have: control the seal key, those with a model the model key. */
function inEnvironments(seen: Observation): readonly Violation[] {
  return seen.processes.flatMap((process) => {
    const station = LINE.find((each) => nameOf(each) === stationOfProcess(process));
    const may = [
      ...(station?.kind === "control" ? ["the seal key"] : []),
      ...(station?.kind === "worker" && station.holdsModelKey ? ["the model key"] : []),
      "the environment of the runner",
    ];
    const isToken = (at: string) => at.startsWith("the token") && station?.kind === "control";
    const text = Object.values(process.environment).join("\n");
    return seen.canaries
      .filter(({ at, value }) => !may.includes(at) && !isToken(at) && text.includes(value))
      .map(({ at }) => ({
        invariant: "I2",
        kind: "leaked",
        what: `${at} is in the environment of ${station === undefined ? "a step" : nameOf(station)}`,
      }));
  });
}

function nameOf(station: (typeof LINE)[number]): string {
  return station.kind === "control" ? station.task : station.worker;
}
