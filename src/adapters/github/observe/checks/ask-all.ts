import { z } from "zod";
import type { Client, Parameters } from "../../client/client.ts";

/** The most that GitHub lists at once. */
const PAGE = 100;
/** The jobs of a large matrix are some hundreds: whoever has more is not read at the price of a request for each hundred. */
const MOST_PAGES = 5;

/** More than is read, or a list that changed while it was: nobody knows then what the rest would say. */
export class TooMany extends Error {
  override readonly name = "TooMany";
}

/** A list that GitHub gives with its length, whole: a request for each hundred. Throws `TooMany` where it is longer than five pages. */
export async function askAll<Key extends string, Schema extends z.ZodType<{ readonly id: number }>>(
  client: Client,
  route: string,
  asked: { readonly key: Key; readonly of: Schema; readonly parameters: Parameters },
): Promise<readonly z.infer<Schema>[]> {
  const answer = z.object({ total_count: z.int().nonnegative(), [asked.key]: z.unknown() });
  const listed = new Map<number, z.infer<Schema>>();
  for (let page = 1; ; page += 1) {
    const place = page === 1 ? {} : { page };
    const parameters = { ...asked.parameters, per_page: PAGE, ...place };
    const found: Readonly<Record<string, unknown>> = await client.ask(answer, route, parameters);
    for (const one of z.array(asked.of).parse(found[asked.key])) listed.set(one.id, one);
    const total = Number(found.total_count);
    if (listed.size >= total) return [...listed.values()];
    if (page === MOST_PAGES || page * PAGE >= total) {
      throw new TooMany(`${total} of ${asked.key}, and ${listed.size} could be read`);
    }
  }
}
