type Stream = "stdout" | "stderr";

/** What was written to the output of this process since it was held back. */
export interface HeldOutput {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Both, in the order in which they were written. */
  readonly all: () => string;
  release(): void;
}

/** Holds back what is written to the output of this process, for code that tests run in it and that says things there. */
export function holdOutput(): HeldOutput {
  const written: { readonly stream: Stream; readonly text: string }[] = [];
  const streams = ["stdout", "stderr"] as const;
  const writers = streams.map((stream) => [process[stream], process[stream].write] as const);
  for (const stream of streams) {
    process[stream].write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      written.push({ stream, text });
      const done = rest.find((one) => typeof one === "function") as (() => void) | undefined;
      done?.();
      return true;
    }) as typeof process.stdout.write;
  }
  const textOf = (wanted: readonly Stream[]) => () =>
    written
      .filter(({ stream }) => wanted.includes(stream))
      .map(({ text }) => text)
      .join("");
  return {
    stdout: textOf(["stdout"]),
    stderr: textOf(["stderr"]),
    all: textOf(streams),
    release: () => {
      for (const [stream, write] of writers) stream.write = write;
    },
  };
}
