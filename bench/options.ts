import { parseArgs } from "node:util";
import { settings } from "./settings.ts";
import { type EngineName, engines, type Operation, operations, type Peer, peers } from "./types.ts";

export const HELP = `node bench/main.ts [options]     measures, and writes bench/results/latest.json

  --sizes <list>        numbers of resources (10,100)
  --runs <number>       how often each is measured (3)
  --only <list>         of ${peers.join(", ")} (all)
  --engine <name>       ${engines.join(" or ")} (cli)
  --setting <list>      of ${Object.keys(settings).join(", ")} (default)
  --operations <list>   of ${operations.join(", ")} (all); up and destroy always run
  --limit <seconds>     for one operation of the CLI (900)
  --minutes <number>    nothing new is begun after that time (60)
  --starts <number>     how often the start of a provider process and of the command is measured (0)
  --fresh               forget earlier results; without it, rows of other sizes, settings and peers are kept
`;

export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly peers: readonly Peer[];
  readonly engine: EngineName;
  readonly settings: readonly string[];
  readonly operations: readonly Operation[];
  readonly limitSeconds: number;
  readonly minutes: number;
  readonly starts: number;
  readonly fresh: boolean;
}

const strings = { type: "string" } as const;

/** @throws Error that names the option */
export function readOptions(args: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: strings,
      runs: strings,
      only: strings,
      engine: strings,
      setting: strings,
      operations: strings,
      limit: strings,
      minutes: strings,
      starts: strings,
      fresh: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return "help";
  const [engine = "cli"] = chosen("engine", values.engine ?? "cli", engines);
  return {
    engine,
    sizes: (values.sizes ?? "10,100").split(",").map((text) => whole("sizes", text)),
    runs: whole("runs", values.runs ?? "3"),
    peers: chosen("only", values.only ?? peers.join(","), peers),
    settings: chosen("setting", values.setting ?? "default", Object.keys(settings)),
    operations: chosen("operations", values.operations ?? operations.join(","), operations),
    limitSeconds: whole("limit", values.limit ?? "900"),
    minutes: whole("minutes", values.minutes ?? "60"),
    starts: whole("starts", values.starts ?? "0"),
    fresh: values.fresh ?? false,
  };
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${option}: "${text}" is not a whole number.`);
  return value;
}

function chosen<Name extends string>(option: string, list: string, known: readonly Name[]): Name[] {
  return list.split(",").map((text) => {
    const found = known.find((name) => name === text);
    if (found === undefined) throw new Error(`--${option}: there is no "${text}". There are: ${known.join(", ")}.`);
    return found;
  });
}
