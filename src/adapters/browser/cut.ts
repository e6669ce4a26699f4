import { cut as cutTo } from "../../domain/text/cut.ts";

/** What a page says may be endless. */
export function cut(text: string): string {
  return cutTo(text, 2_000);
}
