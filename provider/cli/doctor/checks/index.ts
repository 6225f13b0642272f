/** All checks, in the order in which they run: each comes after those that it needs. */
import type { Check } from "../check.js";
import { administrator } from "./administrator.js";
import { app } from "./app.js";
import { clock } from "./clock.js";
import { community } from "./community.js";
import { host } from "./host.js";
import { node } from "./node.js";
import { packageOfProject } from "./package.js";
import { project } from "./project.js";
import { proxy } from "./proxy.js";
import { pulumi } from "./pulumi.js";
import { sdk } from "./sdk.js";
import { settings } from "./settings.js";
import { spelling } from "./spelling.js";
import { state } from "./state.js";
import { topics } from "./topics.js";
import { typescript } from "./typescript.js";

export const CHECKS: readonly Check[] = [
  project,
  pulumi,
  node,
  sdk,
  packageOfProject,
  typescript,
  settings,
  spelling,
  state,
  proxy,
  host,
  clock,
  app,
  administrator,
  community,
  topics,
];
