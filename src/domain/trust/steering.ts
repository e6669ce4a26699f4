import { foldPath, matchesAny } from "../path.ts";
import { natureOf } from "./file-nature.ts";
import { KNOWN_FAMILIES, KNOWN_NAMES } from "./known-names.ts";

/**
 * Why a path needs a person, whatever the config says: it steers an agent or a tool. The lists and patterns err towards asking,
 * because a file that a tool reads decides the meaning of every later check (DESIGN §5.2; threats PER-01, DEP-04, QA-04).
 */
export type Steering =
  | "dot-path"
  | "agent-instructions"
  | "tool-configuration"
  | "program-of-the-build"
  | "generated-or-vendored";

/** Instructions, skills and settings of coding agents, by the names that their makers document (read 2026-11). */
const AGENTS: readonly string[] = [
  "**/{agent,agents}{,[_.]*}.{md,mdc,mdx,txt}",
  "**/{claude,gemini,codex,copilot,windsurf,cline,aider,qwen,warp,jules,junie,crush,devin,openhands,opencode,kilocode,llms}{,[-_.]*}.{md,mdc,mdx,txt}",
  "**/{skill,skills,convention,conventions,system-prompt,system_prompt,copilot-instructions}{,[-_.]*}.{md,mdc,mdx,txt}",
  // Words with another meaning: only where an agent looks first.
  "{cursor,goose,grok,kiro,roo,amp,replit,augment,trae,continue,void,zed,ai,llm,assistant}.{md,mdx,txt}",
  "{rule,rules,prompt,prompts,instructions,guidelines,memory,soul,persona,steering,playbook}.{md,mdx,txt}",
  "**/*.{instructions,prompt,prompts,chatmode,agent,agents,skill,rules}.{md,yml,yaml}",
  "**/*.mdc",
  "**/{agents,skills,prompts,subagents,personas,chatmodes,instructions}/**/*.{md,yml,yaml,toml,json}",
  "**/{,*[-_.]}{mcp,opencode,crush,claude,gemini,codex,qwen,copilot}{,[-_.]*}.{json,jsonc,json5,toml,yml,yaml}",
  "**/{cursorrules,windsurfrules,clinerules,goosehints,aiderignore}",
];

/** Other files that tools for build, test, documents or deployment read or run. */
const TOOLS: readonly string[] = [
  "**/{codeowners,quality.md}",
  "**/pull_request_template.md",
  "**/{makefile,dockerfile,containerfile,jenkinsfile,vagrantfile,procfile,rakefile,earthfile}{,[-._]*}",
  "**/*.{dockerfile,containerfile,mk,mak,make,just,cmake,ninja,bzl,bazel,star,nix,dhall}",
  "**/cmakelists.txt",
  "**/{conanfile,noxfile,fabfile,setup,conftest,sitecustomize,usercustomize,sconstruct,wscript}.py",
  "**/{conf,gunicorn.conf,gunicorn_config,hatch_build,_build_backend,build_backend,locustfile}.py",
  "**/*.pth",
  "{tasks,dodo}.py",
  "**/{build,settings,init}.{gradle,gradle.kts,sbt,sc,mill,boot,clj}",
  "**/*.{gradle,gradle.kts,sbt}",
  "**/*.{csproj,fsproj,vbproj,vcxproj,vcxproj.filters,proj,props,targets,sln,slnx,slnf,ruleset,nuspec,runsettings,xcodeproj,pbxproj,xcconfig,xcscheme,entitlements}",
  "**/*.{gemspec,podspec,cabal,rockspec,nimble,opam,asd,egg,spec.in,dub.sdl,pri,pro,qbs}",
  "**/{phpunit,phpcs,phpmd,psalm,phpstan,infection,checkstyle,pmd,spotbugs,findbugs,testng,logback,log4j2,ivy,nuget,persistence}*.{xml,xml.dist,neon,neon.dist,dist}",
  "**/*.{neon,neon.dist}",
  "**/{vitest,jest,vite,playwright,eslint,babel,webpack,rollup,tsup,karma,cypress,mocha,nyc,ava,jasmine,tap,wdio,nightwatch,protractor,testcafe,codecept,stryker,cucumber}.*.{json,yml,yaml,js,cjs,mjs,ts,cts,mts}",
  "**/{vitest,jest,cypress,mocha,nyc,ava,jasmine,tap,nightwatch,testcafe,stryker,cucumber,testem}.{json,yml,yaml}",
  "**/{gruntfile,gulpfile,jakefile,cakefile,ember-cli-build,testem,gatsby-*}.{js,cjs,mjs,ts,cts,mts}",
  "**/{build.rs,config.ru,manage.py,celeryconfig.py,rector.php,ecs.php,hooks.json}",
  "**/{test,tests,spec}/{bootstrap,pest}.php",
  "**/config/{environments,initializers}/*.rb",
  "**/*.{gyp,gypi}",
  "**/{vitest,jest,test,tests,spec,mocha,playwright,global}[.-]{setup,workspace,env,environment,global,globals}*.{js,cjs,mjs,ts,cts,mts,tsx,jsx}",
  "**/{setup,global}{tests,-tests,.tests,-jest,-vitest,setup,teardown,-setup,-teardown}*.{js,cjs,mjs,ts,cts,mts}",
  "**/{spec,rails,test}_helper.{rb,exs}",
  "**/{mkdocs,zensical,_config,book,antora,antora-playbook,site,typedoc,jsdoc,redocly,sidebars,docusaurus.config,theme.config,_toc,_quarto,bookdown,_bookdown,_output,doxyfile,doxygen,conf,redirects,_redirects,_headers}{,[.-]*}.{yml,yaml,toml,json,js,cjs,mjs,ts,py,in}",
  "**/doxyfile{,.*}",
  "**/{_redirects,_headers,cname}",
  "**/{netlify,vercel,wrangler,fly,render,railway,app,firebase,amplify,serverless,skaffold,now,heroku,deploy,deployment,chart,values,kustomization,pulumi,ansible,terragrunt,nomad}{,[.-]*}.{toml,yml,yaml,json,hcl,cfg}",
  "**/*.{tf,tfvars,tf.json,hcl,bicep,bicepparam,jsonnet,libsonnet}",
  "**/{dangerfile,brewfile,cartfile,mintfile,fastfile,appfile,gymfile,matchfile,pluginfile,berksfile,capfile,guardfile,podfile,gemfile,thorfile,puppetfile,cheffile,policyfile,justfile,taskfile,caddyfile,tiltfile,snakefile,runfile,pipfile,appraisals,buildfile,workspace,buck,nukefile,makepkg,pkgbuild}{,.*}",
  "**/{gradle-wrapper,gradle,gradle-daemon-jvm,local,sonar-project,build,lombok,junit-platform,testcontainers,maven-wrapper,jvm}.{properties,config}",
  "**/{buildspec,cloudbuild,bitbucket-pipelines,azure-pipelines,appveyor,codecov,action,wercker,shippable,semaphore,screwdriver,drone,circle,travis,magnum-ci,snap-ci,codeship-services,codeship-steps,buildkite,bitrise,codemagic}{,[-.]*}.{yml,yaml}",
  "**/{tsconfig,jsconfig}*.json",
  "**/renovate{,rc}*.json{,5,c}",
];

/** Files that say what is installed; `domain/dependencies/files.ts` reads some of them further. */
export const DEPENDENCIES: readonly string[] = [
  "**/*{requirements,constraints}*.{txt,in,pip,yml,yaml}",
  "**/{requirements,constraints}/*.{txt,in}",
  "**/{mix.exs,mix.lock,rebar.config,rebar.lock,gleam.toml,erlang.mk}",
  "**/*.{gemspec,podspec,podspec.json,csproj,fsproj,vbproj,cabal,rockspec,nimble,opam,nuspec}",
  "**/{gemfile,podfile,cartfile,brewfile,mintfile,appraisals,gems.rb}{,.*}",
  "**/gems.locked",
  "**/{directory.packages.props,directory.build.props,directory.build.targets,packages.config,paket.dependencies,paket.lock,paket.references,project.json,nuget.config,global.json,dotnet-tools.json}",
  "**/{deno,deno.lock,jsr,import_map,import-map,importmap,bower,lerna,rush,package.json5,component}.{json,jsonc,json5}",
  "**/{environment,conda,conda-lock,meta,pixi}{,[-.]*}.{yml,yaml,toml,lock}",
  "**/{pubspec,pubspec_overrides}.{yaml,yml,lock}",
  "**/{package.swift,package.resolved,package@swift-*.swift}",
  "**/{conanfile.txt,conanfile.py,conan.lock,vcpkg.json,vcpkg-configuration.json,xmake.lua,meson.build,cpm.cmake,cpmfile}",
  "**/subprojects/*.wrap",
  "**/{stack.yaml,stack.yaml.lock,cabal.project,cabal.project.freeze,package.yaml,snapshot.yaml}",
  "**/{build.sbt,plugins.sbt,build.sc,build.mill,project.clj,deps.edn,shadow-cljs.edn,bb.edn,build.boot,ivy.xml}",
  "**/{build.zig,build.zig.zon,shard.yml,shard.lock,project.toml,manifest.toml,dub.json,dub.sdl,dub.selections.json,elm.json,elm-package.json,haxelib.json,spago.dhall,spago.yaml,packages.dhall,dune-project,esy.json,rescript.json,bsconfig.json}",
  "**/{description,renv.lock,packrat.lock,namespace}",
  "**/{flake.nix,flake.lock,default.nix,shell.nix,npins.json,sources.json,guix.scm,manifest.scm}",
  "**/{module.bazel,module.bazel.lock,workspace,workspace.bazel,workspace.bzlmod,maven_install.json}",
  "**/{chart.yaml,chart.lock,requirements.yaml,galaxy.yml,helmfile.yaml,.terraform.lock.hcl,versions.tf,providers.tf}",
  "**/{glide.yaml,glide.lock,gopkg.toml,gopkg.lock,godeps.json,vendor.json,modules.txt}",
  "**/{cpanfile,cpanfile.snapshot,makefile.pl,build.pl,dist.ini,cartonfile}",
  "**/{libs.versions.toml,versions.properties,buildsrc.gradle,dependencies.gradle,pom.xml.versionsbackup,mvnw,gradlew}",
  "**/{npm-shrinkwrap.json,bun.lock,bun.lockb,pnpm-lock.yaml,pnpm-workspace.yaml,yarn.lock,poetry.lock,uv.lock,pdm.lock,pylock*.toml,pipfile,pipfile.lock,setup.py,setup.cfg,pyproject.toml}",
  "**/{aptfile,opam,buildout.cfg,snapcraft.yaml,info.rkt,moon.mod.json,alire.toml,fpm.toml,v.mod}",
  "**/project/build.properties",
  "{apt,packages,runtime,ports,pip}.txt",
  "**/*.{lock,lockfile}",
];

/** Generated or vendored files: a change in them does not come from their source. */
const GENERATED: readonly string[] = [
  "**/{dist,vendor,node_modules,third_party,bower_components}/**",
];

/** `webpack.prod.js`, `.babelrc`, `app.config.ts`, `nginx.conf`, `tool.ini`: names of the form that tools read. */
const CONFIGURATION_SHAPED =
  /[._-](?:config|conf|rc)\.[a-z0-9]+$|rc(?:\.(?:json[c5]?|ya?ml|toml))?$|\.(?:config|conf|cfg|ini|cnf|rc)$/;
/** Tools do not read prose about them; the exceptions are named. `natureOf` defines prose. */
const PROSE_THAT_IS_READ = /^(?:quality|pull_request_template)\.md$/;

/** Formats of tool configuration at the root of a project. */
const FORMAT =
  /\.(?:json[c5]?|ya?ml|toml|ini|cfg|conf|cnf|xml|properties|plist|hcl|edn|dhall|kdl|ron|lock)$/;
/** The root of a project in a repository with many: below one of these folders, by the conventions of workspaces. */
const AT_ROOT =
  /^(?:(?:packages|apps|services|libs|modules|crates|projects|plugins|examples|tools)\/[^/]+\/)?[^/]+$/;
/** Programs that shells run: builds, hooks and deployments are made of them. */
const SHELL = /\.(?:sh|bash|zsh|fish|ksh|csh|ps1|psm1|psd1|bat|cmd|command)$/;
/** An extension that identifies the file; plain text may be a list that a tool reads. */
const TELLING_END = /\.(?!txt$)[^.]+$/;

/** Undefined if nothing known asks for a person. Compared case-folded. */
export function steeringOf(path: string): Steering | undefined {
  const folded = foldPath(path);
  if (/(?:^|\/)\./.test(folded)) return "dot-path";
  if (matchesAny(path, AGENTS)) return "agent-instructions";
  if (matchesAny(path, GENERATED)) return "generated-or-vendored";
  const name = folded.slice(folded.lastIndexOf("/") + 1);
  if (SHELL.test(name)) return "program-of-the-build";
  const isProse = natureOf(path) === "prose";
  if (isProse && TELLING_END.test(name) && !PROSE_THAT_IS_READ.test(name)) return undefined;
  const configures =
    KNOWN_NAMES.has(name) ||
    isOfFamily(name, folded) ||
    matchesAny(path, TOOLS) ||
    matchesAny(path, DEPENDENCIES) ||
    CONFIGURATION_SHAPED.test(name) ||
    (AT_ROOT.test(folded) && !isProse && isShapedForRoot(name));
  return configures ? "tool-configuration" : undefined;
}

function isOfFamily(name: string, folded: string): boolean {
  const [head = ""] = name.split(/[._-]/);
  return KNOWN_FAMILIES.has(name) || (AT_ROOT.test(folded) && KNOWN_FAMILIES.has(head));
}

/** At the root of a project a data format is configuration, and so is plain text or a name without an extension. */
function isShapedForRoot(name: string): boolean {
  if (FORMAT.test(name)) return true;
  return !name.includes(".") || name.endsWith(".txt");
}
