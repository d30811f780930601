import type { Endpoint } from "./endpoint.ts";
import type { RawResponse } from "./raw-response.ts";
import type { WireRequest } from "./request.ts";

/** A call under way. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly request: WireRequest;
  readonly state: CallState;
}

/** What is known so far about a call, kept outside the call so that it survives an abort. */
export interface CallState {
  /** Attempts that were started. */
  attempts: number;
  /** An attempt may have taken effect. */
  uncertain: boolean;
  /** The server answered at least once. */
  answered: boolean;
  /** The reply to the last attempt. */
  reply: RawResponse | undefined;
  /** Why the last attempt failed, for the message of a call that runs out of time. */
  failure: string | undefined;
  /** Why a failure that is worth a retry was final all the same. */
  note: string | undefined;
}

export const newCallState = (): CallState => ({
  attempts: 0,
  uncertain: false,
  answered: false,
  reply: undefined,
  failure: undefined,
  note: undefined,
});
