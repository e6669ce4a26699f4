/** A dependency with a newer version in its registry. */
export interface Outdated {
  readonly name: string;
  readonly current: string;
  /** The newest that the manifest allows; undefined if the tool does not say. */
  readonly wanted?: string | undefined;
  readonly latest: string;
  /** The key of the manifest that lists it, as the tool names it. */
  readonly kind?: string | undefined;
  /** The makers' homepage, by the registry. */
  readonly homepage?: string | undefined;
}
