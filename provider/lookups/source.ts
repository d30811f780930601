import { requireNode } from "../hosts/core/node-version.ts";
import { adviceOf, ConfigError, type ConfigReader, readSettings } from "../organization/config.ts";
import { connect } from "../organization/connect.ts";
import type { Organization } from "../organization/organization.ts";
import { type SettingWords, STACK_WORDS } from "../organization/setting-words.ts";

/** One organization as the look-ups of a program see it: each answer is asked for once. */
export class Source {
  readonly org: Organization;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(org: Organization) {
    this.org = org;
  }

  /** The answer of a question that was asked before; a failure is not remembered. */
  once<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(question) as Promise<Answer> | undefined;
    if (known) return known;
    const answer = ask();
    this.#answers.set(question, answer);
    answer.catch(() => this.#answers.delete(question));
    return answer;
  }
}

/** The organizations that one program looks into: one per distinct settings. */
export class Sources {
  readonly #known = new Map<string, Source>();
  readonly #warn: (message: string) => void;
  readonly #words: SettingWords;
  // A program ends as a whole: nothing ends its look-ups alone.
  readonly #running = new AbortController();

  /** @param words how the user of this host sets a setting */
  constructor(warn: (message: string) => void, words: SettingWords = STACK_WORDS) {
    this.#warn = warn;
    this.#words = words;
  }

  /** Reads the settings as the provider does. Nothing is sent yet. @throws ConfigError */
  open(config: ConfigReader, environment: NodeJS.ProcessEnv): Source {
    requireNode(process.versions.node, "pulumi-anomify", ConfigError);
    const settings = readSettings(config, environment, this.#words);
    const key = JSON.stringify(settings);
    const known = this.#known.get(key);
    if (known) return known;
    const source = new Source(
      connect(settings, this.#running.signal, (_severity, message) => this.#warn(message), {
        advice: adviceOf(settings, config, this.#words),
      }),
    );
    this.#known.set(key, source);
    return source;
  }
}
