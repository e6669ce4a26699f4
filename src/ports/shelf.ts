/**
 * A place outside of the machine where files stay between runs, by key. Whoever can write there can write anything: what comes
 * back is a stranger's until its signature was judged. Nothing of it is needed for work, so that nothing here rejects.
 */
export interface Shelf {
  /** Brings what stands under a key into a file, whole; says why not otherwise. */
  bring(
    key: string,
    to: { readonly file: string; readonly maximumBytes: number },
  ): Promise<"brought" | "nothing" | { readonly failed: string }>;
  /** Puts a file under a key that holds nothing yet. */
  put(key: string, file: string): Promise<"kept" | { readonly failed: string }>;
}
