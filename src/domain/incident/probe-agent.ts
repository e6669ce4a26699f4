/** How the factory's own probes name themselves: an error that they cause is no news of production. */
export const PROBE_AGENT = "millwright-smoke";
