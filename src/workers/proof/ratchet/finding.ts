/** A file on the base and on the change; absent if it does not exist. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}
