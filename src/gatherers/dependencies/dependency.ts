/** One dependency of which its registry knows a newer version. */
export interface Outdated {
  readonly name: string;
  readonly current: string;
  /** The newest that the manifest allows; undefined where the tool does not say. */
  readonly wanted?: string | undefined;
  readonly latest: string;
  /** Under which key of the manifest it stands, as the tool names it. */
  readonly kind?: string | undefined;
  /** Of its makers, as the registry has it. */
  readonly homepage?: string | undefined;
}
