import type { z } from "zod";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Runner } from "../../ports/runner.ts";

/** The bytes of a file from another job of this run. Throws, with its name and path, if it cannot be read. */
export async function readHanded(
  runner: Runner,
  file: { readonly name: string; readonly path: string; readonly maximumBytes: number },
): Promise<Uint8Array> {
  try {
    return await runner.readFile(file.path, file.maximumBytes);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(
      `The ${file.name} cannot be read: ${reason}. Download the artifact of this run that holds it, and pass its path.`,
      { cause: error },
    );
  }
}

/** Parses those bytes. Throws with the first fault, never with a dump from the schema library. */
export function parseHanded<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  name: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(readJson(bytes, name));
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  const place = fault?.path.join(".") || "the whole";
  throw new Error(
    `The ${name} is not one of this version: ${place}: ${fault?.message ?? "not readable"}. Use one version of Millwright in all jobs of a run.`,
  );
}

function readJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`The ${name} is not JSON in UTF-8: ${reason}`, { cause: error });
  }
}
