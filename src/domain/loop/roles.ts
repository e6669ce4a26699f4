import { z } from "zod";

/** Model roles that a loop file can name. One for now: it decides which findings are filed. */
const Roles = z.strictObject({
  judge: z
    .strictObject({
      /** Model id, as in `models` of the config; left out, the config's default. */
      model: z.string().min(1).max(100).optional(),
    })
    .optional(),
});

/** Joint budget of the roles of one run. It counts for `limits.usdPerDay`. */
const LoopBudget = z.strictObject({
  /** USD. */
  usd: z.number().positive().max(100),
  /** Wall clock of a role, in minutes. */
  minutes: z.number().positive().max(60),
});

/** The part of a loop file that is about models. */
export const ROLE_KEYS = { roles: Roles.default({}), budget: LoopBudget.optional() };

interface RoleKeys {
  readonly roles: z.infer<typeof Roles>;
  readonly budget?: z.infer<typeof LoopBudget> | undefined;
  readonly effects: { readonly propose: number; readonly start: number };
}

/** The fault of these keys together: a role without a budget, or a key for roles without a role. */
export function faultOfRoles({
  roles,
  budget,
  effects,
}: RoleKeys): { readonly path: readonly string[]; readonly message: string } | undefined {
  const { judge } = roles;
  if (judge !== undefined && budget === undefined) {
    return { path: ["roles", "judge"], message: "a role needs a budget: { usd, minutes }" };
  }
  if (judge === undefined && budget !== undefined) {
    return { path: ["budget"], message: "only roles spend one, and there is none" };
  }
  if (judge === undefined && effects.propose > 0) {
    return { path: ["effects", "propose"], message: "only roles.judge proposes" };
  }
  if (judge !== undefined && effects.start > 0) {
    return {
      path: ["effects", "start"],
      message: "what it files holds words of a model: a person starts each",
    };
  }
  return undefined;
}
