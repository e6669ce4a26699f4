import { z } from "zod";

/** Plain http only on the same machine, because unencrypted content is unknown until its digest is checked. */
export const Origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^https:|^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url),
    "expected an https address",
  )
  .refine(
    (url) => !/[?#@]/.test(url),
    "expected an address without credentials, query and fragment",
  );
