/** Keeps whole outputs and reports for people to download; never evidence, and never read back. */
export interface Archive {
  /** @param name a path below the archive; what is too large, too much or holds a secret is left out and said so */
  keep(name: string, text: string): Promise<void>;
}
