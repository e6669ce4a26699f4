/** A longer line is cut, because it is for people who wait (bytes). */
const LONGEST = 2_000;

/** Keeps the last line of an output with content, in constant memory. */
export function keepLastLine(): {
  readonly add: (chunk: Buffer) => void;
  readonly text: () => string;
} {
  let tail = "";
  let last = "";
  return {
    add: (chunk) => {
      tail = (tail + chunk.subarray(-LONGEST).toString("utf8")).slice(-LONGEST);
      // A progress bar returns to the start of its line.
      const lines = tail.split(/[\r\n]+/);
      tail = lines.pop() ?? "";
      last = lines.findLast((line) => line.trim() !== "") ?? last;
    },
    text: () => (tail.trim() === "" ? last : tail),
  };
}
