/** A defence, and what has to be taken away so that it is gone: several places where one stands behind the other. */
export interface Defence {
  readonly id: string;
  readonly what: string;
  /** What stands behind it and is taken away with it, so that it is seen at all; left out where it stands alone. */
  readonly layers?: string;
  readonly edits: readonly Edit[];
  /** Ids of the catalogue; one of them has to land or leak without the defence. They are played until one does. */
  readonly attacks: readonly string[];
}

export interface Edit {
  /** Below the project's folder. */
  readonly file: string;
  /** Stands exactly once there. */
  readonly find: string;
  readonly replace: string;
}
