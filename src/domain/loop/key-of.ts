import { type Digest, digestOf } from "../digest.ts";
import type { GatheredItem } from "./gathered.ts";

/** The digest by which an item is known on GitHub: nothing of its words stands there as a name. */
export function keyOf({ key }: Pick<GatheredItem, "key">): Digest {
  return digestOf(key);
}
