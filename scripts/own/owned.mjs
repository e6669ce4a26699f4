/** Names of accounts as GitHub makes them; the owner of this project may be a person or an organization. */
export const ACCOUNT = /^(?!-)[A-Za-z0-9-]{1,39}(?<!-)$/;

/** The template that every other place has to agree with. */
export const TEMPLATE = "workflow-templates/factory.yml";
export const CODE_OWNERS = ".github/CODEOWNERS";

/**
 * The account whose Millwright the templates call; undefined if the template does not call one. @param {string} template
 * text of the template
 */
export function ownerIn(template) {
  return /uses: ([A-Za-z0-9-]{1,39})\/millwright\/\.github\/workflows\/factory\.yml@/.exec(
    template,
  )?.[1];
}

/**
 * A file's text with another account as owner of the project: replaces each `OWNER/millwright`, also inside a regular
 * expression. A longer name that contains it is another name. @param {string} text @param {{ from: string, to: string }}
 * owners
 */
export function ownedBy(text, { from, to }) {
  const name = new RegExp(`(?<![\\w.-])${from}(\\\\?/millwright)(?![\\w-])`, "g");
  return text.replace(name, (_, rest) => `${to}${rest}`);
}

/**
 * `CODEOWNERS` with another owner in place of one.
 * @param {string} text
 * @param {{ from: string, to: string }} owners
 */
export function codeOwnedBy(text, { from, to }) {
  return text.replace(new RegExp(`@${from}(?![\\w/-])`, "g"), () => `@${to}`);
}
