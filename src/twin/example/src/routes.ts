import { quote } from "./quote.ts";
import { ZONES, zoneOf } from "./zones.ts";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What a request is answered with. Pure: the server only listens. */
export function answer(url: URL, version: string): Answer {
  switch (url.pathname) {
    case "/health":
      return { status: 200, body: { ok: ZONES.length > 0 } };
    case "/version":
      return { status: 200, body: { commit: version } };
    case "/zones":
      return { status: 200, body: ZONES.map(({ name, countries }) => ({ name, countries })) };
    case "/quote":
      return answerQuote(url.searchParams);
    default:
      return { status: 404, body: { error: `no route ${url.pathname}` } };
  }
}

function answerQuote(query: URLSearchParams): Answer {
  const to = query.get("to") ?? "";
  const zone = zoneOf(to);
  if (zone === undefined) {
    return { status: 400, body: { error: `to: no zone delivers to "${to}"` } };
  }
  const kilograms = Number.parseFloat(query.get("kilograms") ?? "");
  const result = quote(zone, kilograms);
  if ("error" in result) {
    return { status: 400, body: { error: result.error } };
  }
  const country = to.trim().toUpperCase();
  return { status: 200, body: { to: country, zone: zone.name, kilograms, cents: result.cents } };
}
