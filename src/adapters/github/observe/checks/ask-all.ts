import { z } from "zod";
import type { Client, Parameters } from "../../client/client.ts";

/** The most entries that GitHub lists at once. */
const PAGE = 100;
/** A large matrix has some hundred jobs. Longer lists are not read, because each hundred costs a request. */
const MOST_PAGES = 5;

/** The list is too long, or changed while it was read, so the rest is unknown. */
export class TooMany extends Error {
  override readonly name = "TooMany";
}

/** The whole of a list that GitHub gives with its length: one request per hundred. Throws `TooMany` if it is longer than five pages. */
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
