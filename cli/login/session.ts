import { type AnomifyClient, BadRequestError, createClient } from "../../sdk/index.ts";
import type { Address } from "../connection/endpoint.ts";
import { loginFailure } from "./failures.ts";
import { CODE_ATTEMPTS } from "./limits.ts";

type LoginReply = Awaited<ReturnType<AnomifyClient["login"]["login"]>>["data"];

/** Where and as whom to log in. */
export interface Attempt {
  readonly address: Address;
  readonly email: string;
  /** A secret. */
  readonly password: string;
  /**
   * Gives the code, and after a space the token of the login attempt where the service's message names one. Asked again after
   * a wrong code; `undefined` ends the login.
   */
  readonly code: (attempt: number) => Promise<string | undefined>;
  readonly signal: AbortSignal;
}

/**
 * Logs in, with the second factor where the service wants one.
 *
 * @throws Error with a sentence for the person
 */
export async function logIn(attempt: Attempt): Promise<LoginReply["session"]> {
  const { address, email, password, signal } = attempt;
  try {
    // One try: a person repeats it better than a program, and each may count towards a lock.
    const { data } = await createClient({ ...address, signal, retries: 0 }).login.login({ email, password });
    return data.two_factor_required ? await secondFactor(data.session.id, attempt) : data.session;
  } catch (error) {
    throw loginFailure(error, address.endpoint, "The e-mail address or the password is wrong");
  }
}

async function secondFactor(sessionId: string, { address, code, signal }: Attempt): Promise<LoginReply["session"]> {
  const client = createClient({ ...address, sessionId, signal, retries: 0 });
  for (let attempt = 1; attempt <= CODE_ATTEMPTS; attempt += 1) {
    const given = await code(attempt);
    if (given === undefined) break;
    const [digits = "", token] = given.trim().split(/\s+/);
    try {
      const { data } = await client.login.validateClient({ code: digits, token });
      return data.session;
    } catch (error) {
      // No failure body has been seen, so any 400 is taken for a wrong code.
      if (!(error instanceof BadRequestError)) {
        throw loginFailure(
          error,
          address.endpoint,
          "The login was given up by the service before the code came; log in again",
        );
      }
    }
  }
  throw new Error("The two-factor code is wrong. Nothing was stored. Log in again to get a new one.");
}
