import { type Digest, digestOf } from "../digest.ts";
import type { GatheredItem } from "./gathered.ts";

/** The digest that identifies an item on GitHub, so that none of its words becomes a name there. */
export function keyOf({ key }: Pick<GatheredItem, "key">): Digest {
  return digestOf(key);
}
