/** User agent of the factory's own probes. An error that they cause is no news of production. */
export const PROBE_AGENT = "millwright-smoke";
