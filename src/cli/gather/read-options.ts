import { parseDocument } from "yaml";
import type { z } from "zod";
import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import { readNamedFile } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";

/**
 * The options of a gatherer from a YAML file, the defaults where there is none.
 * @throws UsageError that names the file and the first key that is not understood
 */
export async function readOptions<Schema extends z.ZodType>(
  path: string | undefined,
  schema: Schema,
): Promise<z.output<Schema>> {
  const value = path === undefined ? {} : await readYaml("--with", path);
  const parsed = schema.safeParse(value ?? {}, IN_WORDS);
  if (parsed.success) return parsed.data;
  const fault = sayFault(parsed.error.issues[0], "the file");
  throw new UsageError(`--with: ${path ?? "without it"}: ${fault}`);
}

async function readYaml(option: string, path: string): Promise<unknown> {
  const document = parseDocument((await readNamedFile(option, path)).toString("utf8"));
  const [fault] = document.errors;
  if (fault !== undefined) throw new UsageError(`${option}: ${path}: ${fault.message}`);
  return document.toJS({ maxAliasCount: 0 });
}
