import { isSameFile } from "./where-tests-stand.ts";

/**
 * Whether a Rust unit test is in one of these files. Cargo's report places it by the root of its crate, and the place of
 * a module follows: `src/lib.rs (shop) > price::tests::below` is in `src/price/tests.rs` or `src/price/tests/mod.rs`
 * (The Rust Reference, "Module source filenames"). If the report may mean several roots, it is unknown.
 */
export function standsInModule(
  test: string,
  { tree, files }: { readonly tree: readonly string[]; readonly files: readonly string[] },
): boolean {
  const [, source = "", path = ""] = /^(\S+\.rs) \([^()]*\) > ([\w:]+)$/.exec(test) ?? [];
  const [root, another] = tree.filter((each) => source !== "" && isSameFile(source, each));
  if (root === undefined || another !== undefined) return false;
  const folder = root.slice(0, root.lastIndexOf("/") + 1);
  const modules = path.split("::").slice(0, -1);
  return modules.some((_module, depth) => {
    const place = `${folder}${modules.slice(0, depth + 1).join("/")}`;
    return files.includes(`${place}.rs`) || files.includes(`${place}/mod.rs`);
  });
}
