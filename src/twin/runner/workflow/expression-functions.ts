import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { type Data, toData } from "./expression-data.ts";
import type { GitHubLanguage } from "./language.ts";

/** State of the work so far, for success(), failure() and cancelled(). */
export interface StatusView {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** Names visible to an expression. A context that is not listed is unknown, as on GitHub. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Present only if status functions are allowed: in `if`. */
  readonly status?: StatusView | undefined;
  /** Folder for hashFiles; absent if that is not allowed. */
  readonly workspace?: string | undefined;
}

export function functionsOf(language: GitHubLanguage, scope: Scope): FunctionDefinition[] {
  const { data } = language.expressions;
  const functions: FunctionDefinition[] = [
    {
      // GitHub's own fromJSON creates dictionaries that lose keys such as "constructor".
      name: "fromJSON",
      minArgs: 1,
      maxArgs: 1,
      call: (input) => toData(language, parseJson(input?.coerceString() ?? "")),
    },
  ];
  const { status, workspace } = scope;
  if (status !== undefined) {
    const answers = { ...status, always: true };
    for (const name of ["success", "failure", "cancelled", "always"] as const) {
      const call = () => new data.BooleanData(answers[name]);
      functions.push({ name, minArgs: 0, maxArgs: 0, call });
    }
  }
  if (workspace !== undefined) {
    const call = (...patterns: Data[]) =>
      new data.StringData(
        hashFiles(
          workspace,
          patterns.map((pattern) => pattern.coerceString()),
        ),
      );
    functions.push({ name: "hashFiles", minArgs: 1, maxArgs: 255, call });
  }
  return functions;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, 60));
    throw new Error(`fromJSON was given ${start}, which is not JSON`, { cause });
  }
}

/** SHA-256 over the SHA-256 of each file found, as actions/runner computes it; "" if nothing is found. */
function hashFiles(workspace: string, patterns: readonly string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split("\n")).map((line) => line.trim());
  const exclude = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const include = lines.filter((line) => line !== "" && !/^[!#]/.test(line));
  const files = globSync(include, { cwd: workspace, exclude })
    .filter((file) => statSync(join(workspace, file)).isFile())
    .sort();
  const digests = [...new Set(files)].map((file) =>
    createHash("sha256")
      .update(readFileSync(join(workspace, file)))
      .digest(),
  );
  return digests.length === 0
    ? ""
    : createHash("sha256").update(Buffer.concat(digests)).digest("hex");
}
