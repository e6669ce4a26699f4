/** A file as it is on the base and on the change; absent where it does not exist. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}
