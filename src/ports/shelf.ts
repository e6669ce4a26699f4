/**
 * A store outside the machine where files stay between runs, by key. Anybody who can write there can write anything, so
 * its content is untrusted until its signature is checked. Work never depends on it, so nothing here rejects.
 */
export interface Shelf {
  /** Copies the value of a key into a file, whole; otherwise says why not. */
  bring(
    key: string,
    to: { readonly file: string; readonly maximumBytes: number },
  ): Promise<"brought" | "nothing" | { readonly failed: string }>;
  /** Stores a file under an unused key. */
  put(key: string, file: string): Promise<"kept" | { readonly failed: string }>;
}
