/** `npm run docs`: writes the pages that are made from the code. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { PAGES } from "./pages.mts";

for (const [path, make] of Object.entries(PAGES)) {
  writeFileSync(resolve(import.meta.dirname, "../..", path), make());
  console.log(path);
}
