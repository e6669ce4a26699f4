import type { Call } from "./call.ts";
import { textOf } from "./node.ts";
import type { TestFile } from "./test-file.ts";

/** Whether an assertion about the number of calls also holds for none. */
export function allowsNoCall({ path, args }: Call, file: TestFile): boolean {
  if (!COUNTED.test(path)) return false;
  return args.some((one) => {
    // Kotlin: `verify(atLeast = 0)`, with the name before the value.
    const named = one.parent?.kind === "value_argument" ? one.parent : one;
    return NEVER_ENOUGH.test(textOf(named, file.text));
  });
}

/** Mockito and MockK, Moq, PHPUnit; RSpec's is a matcher. */
const COUNTED = /(^|\.)(verify|coVerify|Verify|expects)$/;

const NEVER_ENOUGH =
  /^(\$this->|Times\.|Mockito\.|self::)?(atMost\(|atMostOnce\(\)|AtMost\(|AtMostOnce(\(\))?$|any\(\)|atLeast\(0\)|AtLeast\(0\)|atLeast=0$|atMost=\d)/;

/** RSpec: `have_received(:send).at_most(:once)`. */
export function isBoundAbove(path: string): boolean {
  return /(^|\.)at_most$/.test(path);
}
