import { cSharp } from "./c-sharp.ts";
import { go } from "./go.ts";
import { javascript } from "./javascript.ts";
import { java, kotlin } from "./jvm.ts";
import type { Language } from "./language.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";

export const LANGUAGES: readonly Language[] = [
  ...[javascript, python, go, rust, java, kotlin, cSharp, ruby, php],
];

/** The language of a file, by its extension. */
export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(({ files }) => files.test(path));
}
