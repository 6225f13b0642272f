/** The options of `npm run bench`. */
import { parseArgs } from "node:util";
import { CONTENDERS, type ContenderId } from "./contenders.mts";

/** Beside the contenders, for `--only`. */
const START = "start";
const CHOICES = [...CONTENDERS.map(({ id }) => id), START];

export const USAGE = `npm run bench -- [options], after npm run build

  --sizes <n,…>         numbers of topics, 200 a community. Default: 200,1000,5000
  --only <name,…>       of ${CHOICES.join(", ")}; the floor is always measured
  --json <file>         writes all results there, too
  --limit <seconds>     skips or ends commands that take longer. Default: 600
  --help

Tables go to stdout, progress to stderr. All of it takes about an hour.`;

export interface Options {
  /** Ascending. */
  readonly sizes: readonly number[];
  readonly contenders: readonly ContenderId[];
  readonly measuresStart: boolean;
  readonly json: string | undefined;
  readonly limitSeconds: number;
}

/** Undefined when help is asked for. @throws Error that names the wrong option. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: "string", default: "200,1000,5000" },
      only: { type: "string", default: CHOICES.join(",") },
      json: { type: "string" },
      limit: { type: "string", default: "600" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const only = values.only.split(",");
  const unknown = only.filter((name) => !CHOICES.includes(name));
  if (unknown.length > 0) throw new Error(`--only knows ${CHOICES.join(", ")}; not ${unknown.join(", ")}`);
  return {
    sizes: [...new Set(values.sizes.split(",").map((text) => positive("--sizes", text)))].sort((one, two) => one - two),
    contenders: CONTENDERS.map(({ id }) => id).filter((id) => only.includes(id)),
    measuresStart: only.includes(START),
    json: values.json,
    limitSeconds: positive("--limit", values.limit),
  };
}

function positive(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} takes whole numbers above 0; not “${text}”`);
  return Number(text);
}
