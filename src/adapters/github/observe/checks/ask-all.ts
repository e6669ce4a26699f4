import { z } from "zod";
import type { Client, Parameters } from "../../client/client.ts";

/** The most that GitHub lists at once. */
const PAGE = 100;

/** More than is listed at once: nobody knows then what the rest would say. */
export class TooMany extends Error {
  override readonly name = "TooMany";
}

/** A list that GitHub gives with its length, whole. Throws `TooMany` where it is longer than a page. */
export async function askAll<Key extends string, Schema extends z.ZodType>(
  client: Client,
  route: string,
  asked: { readonly key: Key; readonly of: Schema; readonly parameters: Parameters },
): Promise<readonly z.infer<Schema>[]> {
  const page = z.object({ total_count: z.int().nonnegative(), [asked.key]: z.unknown() });
  const parameters = { ...asked.parameters, per_page: PAGE };
  const found: Readonly<Record<string, unknown>> = await client.ask(page, route, parameters);
  const listed = z.array(asked.of).parse(found[asked.key]);
  if (Number(found.total_count) > listed.length) {
    throw new TooMany(`${found.total_count} of ${asked.key}, more than GitHub lists at once`);
  }
  return listed;
}
