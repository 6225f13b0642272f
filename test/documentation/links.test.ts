/** Links between the documents lead somewhere, and the files that they speak of are there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...pagesIn("docs"), ...pagesIn("examples")];

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
    .map((file) => join(folder, file).replaceAll("\\", "/"));
}

/** Targets of the links outside of code. */
function linksIn(page: string): string[] {
  const prose = readFileSync(page, "utf8")
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/(?<!\[)`[^`\n]*`(?!\])/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);
}

/** As GitHub names them. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(page, "utf8")
    .replace(/^```[\s\S]*?^```/gm, "")
    .matchAll(/^#+ (.*)$/gm);
  const names = [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(names);
}

test.for(PAGES)("the links of %s lead somewhere", (page) => {
  const inside = linksIn(page).filter((target) => !/^https?:/.test(target));
  const broken = inside.filter((target) => {
    const [file = "", anchor] = target.split("#");
    const path = file === "" ? page : join(dirname(page), file);
    return !existsSync(path) || (anchor !== undefined && !anchorsOf(path).has(anchor));
  });
  expect(broken).toEqual([]);
});

test("every page of docs/ is linked from another page", () => {
  const linked = new Set(
    PAGES.flatMap((page) => linksIn(page).map((target) => join(dirname(page), target.split("#")[0] ?? ""))),
  );
  expect(pagesIn("docs").filter((page) => !linked.has(page))).toEqual([]);
});

test.for(["docs/inside.md", "CONTRIBUTING.md"])("the files and folders that %s names are there", (page) => {
  const sources = readdirSync("provider", { recursive: true, encoding: "utf8" }).map((path) =>
    path.replaceAll("\\", "/"),
  );
  const isThere = (name: string) =>
    existsSync(name) || existsSync(join("provider", name)) || sources.some((path) => path.endsWith(`/${name}`));
  const prose = readFileSync(page, "utf8").replace(/^```[\s\S]*?^```/gm, "");
  const named = [...prose.matchAll(/`([\w.-]+\/|[\w./-]+\.(?:ts|mjs|json|md|yml))`/g)].flatMap(
    ([, name]) => name ?? [],
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});
