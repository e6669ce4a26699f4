import { proposeGo } from "./go.ts";
import { proposeGradle, proposeMaven } from "./java.ts";
import { proposeJavaScript } from "./javascript/javascript.ts";
import type { Propose } from "./look.ts";
import { proposePython } from "./python/python.ts";
import { proposeRust } from "./rust.ts";

/** A language or build, how it is recognised, and how its checks are found. */
export interface Language {
  readonly name: string;
  /** Names of files in the project's folder, the surest first. */
  readonly manifests: readonly RegExp[];
  /** Source files, by which languages side by side are weighed. */
  readonly sources: RegExp;
  /** Undefined for those of which no check can be proposed yet. */
  readonly propose: Propose | undefined;
}

export const LANGUAGES: readonly Language[] = [
  {
    name: "JavaScript or TypeScript",
    manifests: [/^package\.json$/],
    sources: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
    propose: proposeJavaScript,
  },
  {
    name: "Python",
    manifests: [
      /^pyproject\.toml$/,
      /^setup\.(?:py|cfg)$/,
      /^requirements[\w-]*\.txt$/,
      /^tox\.ini$/,
    ],
    sources: /\.pyi?$/,
    propose: proposePython,
  },
  {
    name: "Go",
    manifests: [/^go\.work$/, /^go\.mod$/],
    sources: /\.go$/,
    propose: proposeGo,
  },
  { name: "Rust", manifests: [/^Cargo\.toml$/], sources: /\.rs$/, propose: proposeRust },
  {
    name: "Java with Maven",
    manifests: [/^pom\.xml$/],
    sources: /\.(?:java|kt|groovy)$/,
    propose: proposeMaven,
  },
  {
    name: "Java or Kotlin with Gradle",
    manifests: [/^(?:build|settings)\.gradle(?:\.kts)?$/],
    sources: /\.(?:java|kts?|groovy)$/,
    propose: proposeGradle,
  },
  unknownTo(".NET", [/\.(?:sln|slnx|csproj|fsproj|vbproj)$/], /\.(?:cs|fs|vb)$/),
  unknownTo("Ruby", [/^Gemfile$/, /\.gemspec$/], /\.(?:rb|erb)$/),
  unknownTo("PHP", [/^composer\.json$/], /\.php$/),
  unknownTo("Elixir", [/^mix\.exs$/], /\.exs?$/),
  unknownTo("Swift", [/^Package\.swift$/, /\.xcodeproj$/], /\.swift$/),
  unknownTo("Dart", [/^pubspec\.yaml$/], /\.dart$/),
  unknownTo("Scala", [/^build\.sbt$/], /\.scala$/),
  unknownTo("Haskell", [/\.cabal$/, /^stack\.yaml$/], /\.hs$/),
  unknownTo(
    "C or C++ with CMake or Meson",
    [/^CMakeLists\.txt$/, /^meson\.build$/],
    /\.(?:cc?|cpp|cxx|hh?|hpp)$/,
  ),
  unknownTo("Zig", [/^build\.zig$/], /\.zig$/),
  unknownTo("Deno", [/^deno\.jsonc?$/], /\.[jt]sx?$/),
  unknownTo("Bazel", [/^(?:MODULE|WORKSPACE)(?:\.bazel)?$/], /\.(?:bzl|bazel)$/),
];

function unknownTo(name: string, manifests: readonly RegExp[], sources: RegExp): Language {
  return { name, manifests, sources, propose: undefined };
}
