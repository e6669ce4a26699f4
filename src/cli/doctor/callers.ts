import {
  at,
  entriesOf,
  type Parsed,
  parseWorkflow,
} from "../../control/exposure/workflow-holdings.ts";
import { originalOf } from "../init/vendor/vendor.ts";
import type { Caller } from "./facts.ts";

const USES =
  /^(?<repository>[\w.-]+\/[\w.-]+)\/\.github\/workflows\/(?<file>[\w.-]+\.ya?ml)@(?<ref>\S+)$/;

/** A file of the repository that the workflow itself is in. */
const USES_OWN = /^(?:\$|\.)\/\.github\/workflows\/(?<file>[\w.-]+\.ya?ml)$/;

/** What the repository itself holds, by the name of its file. */
interface Held {
  /** Workflows of Millwright's own repository. */
  readonly own?: readonly string[];
  /** Copies that `init --vendor` made: what their actions come from. */
  readonly copies?: ReadonlyMap<string, Pick<Caller, "repository" | "ref">>;
}

/**
 * The jobs of a workflow that call one of these files of a repository named `millwright`, whoever owns it, or one that
 * the workflow's own repository holds. A file that cannot be read calls nothing.
 */
export function callersIn(
  path: string,
  text: string,
  files: readonly string[],
  held: Held = {},
): readonly Caller[] {
  const workflow = parseWorkflow({ path, text });
  const hasSchedule = at(at(workflow, "on"), "schedule") !== undefined;
  return entriesOf(at(workflow, "jobs")).flatMap(([name, job]) => {
    const called = calledBy(at(job, "uses"), files, held);
    if (called === undefined) return [];
    const secrets = at(job, "secrets");
    return [
      {
        path,
        job: name,
        ...called,
        permissions: permissionsOf(at(job, "permissions") ?? at(workflow, "permissions")),
        secrets: secrets === "inherit" ? "inherit" : entriesOf(secrets).map(([secret]) => secret),
        hasSchedule,
      } as const,
    ];
  });
}

function calledBy(
  uses: Parsed,
  files: readonly string[],
  { own = [], copies = new Map() }: Held,
): Pick<Caller, "repository" | "file" | "ref" | "isOwn" | "isCopy"> | undefined {
  const beside = typeof uses === "string" ? USES_OWN.exec(uses)?.groups?.file : undefined;
  if (beside !== undefined) {
    const file = originalOf(`.github/workflows/${beside}`);
    const pin = copies.get(beside);
    if (file !== undefined && pin !== undefined) return { ...pin, file, isCopy: true };
    if (!files.includes(beside) || !own.includes(beside)) return undefined;
    return { repository: "", file: beside, ref: "", isOwn: true };
  }
  const found = typeof uses === "string" ? USES.exec(uses)?.groups : undefined;
  const { repository = "", file = "", ref = "" } = found ?? {};
  const isOurs = repository.endsWith("/millwright") && files.includes(file);
  return isOurs ? { repository, file, ref } : undefined;
}

/** What the first calling job of a template grants: what the called file needs. */
export function needsOf(template: string): Readonly<Record<string, string>> {
  const [job] = entriesOf(at(parseWorkflow({ path: "", text: template }), "jobs"));
  const stated = permissionsOf(at(job?.[1], "permissions"));
  return typeof stated === "object" ? stated : {};
}

/** Undefined where nothing is stated; an empty map grants nothing. */
function permissionsOf(stated: Parsed): Caller["permissions"] {
  if (stated === "read-all" || stated === "write-all") return stated;
  if (typeof stated !== "object" || stated === null) return undefined;
  return Object.fromEntries(
    entriesOf(stated).flatMap(([scope, level]) =>
      typeof level === "string" && level !== "none" ? [[scope, level]] : [],
    ),
  );
}
