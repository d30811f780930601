import { AsyncLocalStorage } from "node:async_hooks";
import { HiddenTexts } from "../../../domain/text/hidden-texts.ts";
import { printableLines } from "../../../domain/text/printable.ts";
import { adviceOf, ConfigError, type ConfigReader, readSettings } from "../../organization/config.ts";
import { connect } from "../../organization/connect.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Report } from "../../organization/reporter.ts";
import { openRunClaims, type RunClaims } from "../../organization/run-claims.ts";
import { type SettingWords, STACK_WORDS } from "../../organization/setting-words.ts";
import { stateFolder } from "../../organization/state-folder.ts";
import { type IntentLog, openIntentLog } from "../../runtime/create/intent-log.ts";
import type { EngineLog } from "./engine-messages.ts";
import { Guard } from "./guard.ts";
import { requireNode } from "./node-version.ts";

/**
 * What all kinds of one provider process share: the guard, and one organization per distinct settings, so that the kinds
 * use one client and one set of lists.
 */
export class ProviderProcess {
  // Ends the requests in flight when the process is asked to end: the engine does not forward a cancellation.
  readonly #interrupted = new AbortController();
  readonly guard = new Guard(() => this.#interrupted.abort());
  readonly #organizations = new Map<string, Organization>();
  readonly #log: EngineLog;
  readonly #runClaims: RunClaims;
  readonly #words: SettingWords;
  /** Values that the programs of this process made secret. */
  readonly hidden = new HiddenTexts();
  #intents: Promise<IntentLog> | undefined;
  /** URN of the resource that the calls under way belong to. */
  readonly #urn = new AsyncLocalStorage<string | undefined>();

  /**
   * @param log where messages for the user go
   * @param run what is the same for all provider processes of a run, and for no others: the address of its engine
   * @param words how the user of this host sets a setting
   */
  constructor(log: EngineLog, run?: string, words: SettingWords = STACK_WORDS) {
    this.#log = log;
    this.#words = words;
    this.#runClaims = openRunClaims(stateFolder("runs"), run);
  }

  /** Runs work whose messages belong to a resource; without a URN they are the stack's. */
  withUrn<Result>(urn: string | undefined, work: () => Promise<Result>): Promise<Result> {
    return this.#urn.run(urn, work);
  }

  /** The creates of earlier processes of which no state is known. Opened with the first call. */
  intents(): Promise<IntentLog> {
    this.#intents ??= openIntentLog();
    return this.#intents;
  }

  /** @throws ConfigError */
  organization(config: ConfigReader): Organization {
    requireNode(process.versions.node, "pulumi-anomify", ConfigError);
    const settings = readSettings(config, process.env, this.#words);
    const key = JSON.stringify(settings);
    const known = this.#organizations.get(key);
    if (known) return known;
    const report: Report = (severity, message, label) => {
      const urn = this.#urn.getStore();
      // The row of a resource names it already.
      this.#log({
        severity: severity === "advice" ? "warning" : severity,
        message: this.hidden.redact(
          printableLines(label === undefined || urn !== undefined ? message : `${label}: ${message}`),
        ),
        urn,
      });
    };
    const organization = connect(settings, this.#interrupted.signal, report, {
      run: this.#runClaims,
      advice: adviceOf(settings, config, this.#words),
    });
    this.#organizations.set(key, organization);
    return organization;
  }
}
