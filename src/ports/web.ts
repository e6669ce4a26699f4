/** HTTP GET for smoke probes: bounded, no redirect to another host followed. */
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
    | { readonly kind: "unreachable"; readonly reason: string; readonly durationMs: number }
  >;
}
