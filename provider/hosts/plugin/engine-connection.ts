import { type ChannelInterface, connectivityState, credentials } from "@grpc/grpc-js";
import type { Message } from "../core/engine-messages.ts";
import { engine, engineService } from "./proto.ts";

const SEVERITIES = {
  info: engine.LogSeverity.INFO,
  warning: engine.LogSeverity.WARNING,
};

/** The engine that started this plugin. */
export class EngineConnection {
  readonly #client: InstanceType<typeof engineService.EngineClient>;

  /** @param address such as `127.0.0.1:50051` */
  constructor(address: string) {
    // The engine is on this machine: a proxy of the environment is not meant for it.
    this.#client = new engineService.EngineClient(address, credentials.createInsecure(), {
      "grpc.enable_http_proxy": 0,
    });
  }

  /** Shows a message to the user. A failure to do so fails nothing. */
  log({ severity, message, urn }: Message): void {
    const request = new engine.LogRequest().setSeverity(SEVERITIES[severity]).setMessage(message);
    if (urn !== undefined) request.setUrn(urn);
    this.#client.log(request, () => {});
  }

  /**
   * Reports the end of the engine, however it ends: one that is killed cancels nothing, and would leave this process behind.
   * An engine that was never reached has not ended.
   */
  onEnd(ended: () => void): void {
    const channel = this.#client.getChannel();
    const states = connectivityState;
    let wasReady = false;
    const watch = (state: number) => {
      channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, () => {
        const next = stateOf(channel);
        if (next === states.READY) wasReady = true;
        if (wasReady && (next === states.TRANSIENT_FAILURE || next === states.SHUTDOWN)) ended();
        else if (next !== states.SHUTDOWN) watch(next);
      });
    };
    watch(stateOf(channel));
  }

  close(): void {
    this.#client.close();
  }
}

/** Asking connects, also again: an idle connection says nothing of its other end. */
function stateOf(channel: ChannelInterface): number {
  return channel.getConnectivityState(true);
}
