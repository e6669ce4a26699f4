import type { Look } from "../look.ts";
import type { WorkspacePackage } from "./packages.ts";

/** The modules of a Maven build that have no modules of their own, and which of them each depends on, by artifact. */
export function mavenPackages(look: Look, pom: string): readonly WorkspacePackage[] {
  const modules = [...pom.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map(([, folder = ""]) =>
    folder.replace(/\/+$/, ""),
  );
  const texts = modules.map((folder) => ({ folder, text: look.text(`${folder}/pom.xml`) }));
  const isTold = texts.every(({ text }) => text !== undefined && !/<modules>/.test(text));
  if (!isTold) return [];
  return texts.map(({ folder, text = "" }) => ({
    folder,
    name: artifactOf(text) ?? folder,
    needs: [...text.matchAll(/<dependency>([\s\S]*?)<\/dependency>/g)].flatMap(
      ([, dependency = ""]) => artifactOf(dependency) ?? [],
    ),
  }));
}

/** The parent's artifact stands before a module's own. */
function artifactOf(xml: string): string | undefined {
  const own = xml.replace(/<parent>[\s\S]*?<\/parent>/, "");
  return /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/.exec(own)?.[1];
}
