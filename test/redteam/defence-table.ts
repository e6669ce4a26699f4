import type { Defence } from "./defence.ts";
import { OF_AUTHORITY } from "./defences/authority.ts";
import { OF_CHANGES } from "./defences/changes.ts";
import { OF_EVIDENCE } from "./defences/evidence.ts";
import { OF_PRODUCTION } from "./defences/production.ts";
import { OF_PROVIDERS } from "./defences/providers.ts";
import { OF_SANDBOX } from "./defences/sandbox.ts";
import { OF_SECRETS } from "./defences/secrets.ts";
import { OF_TEXTS } from "./defences/texts.ts";

/** Every defence that an attack of the catalogue can show, and how it is switched off. */
export const DEFENCES: readonly Defence[] = [
  ...OF_SANDBOX,
  ...OF_CHANGES,
  ...OF_AUTHORITY,
  ...OF_EVIDENCE,
  ...OF_TEXTS,
  ...OF_SECRETS,
  ...OF_PROVIDERS,
  ...OF_PRODUCTION,
];
