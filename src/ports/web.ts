/** HTTP GET for smoke probes and for packages: bounded, no redirect to another host followed. */
export interface Web {
  get(
    url: string,
    options: { readonly timeoutMs: number; readonly maximumBytes: number },
  ): Promise<
    | {
        readonly kind: "answered";
        readonly status: number;
        readonly body: string;
        readonly durationMs: number;
      }
    | Unreachable
  >;
  /** The whole body as bytes; `complete` is false if it was cut at `maximumBytes`. */
  download(
    url: string,
    options: { readonly timeoutMs: number; readonly maximumBytes: number },
  ): Promise<
    | {
        readonly kind: "answered";
        readonly status: number;
        readonly bytes: Uint8Array;
        readonly complete: boolean;
        readonly durationMs: number;
      }
    | Unreachable
  >;
}

interface Unreachable {
  readonly kind: "unreachable";
  readonly reason: string;
  readonly durationMs: number;
}
