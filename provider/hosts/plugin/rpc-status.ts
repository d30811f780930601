import { status as codes, Metadata, type ServiceError } from "@grpc/grpc-js";
import { messageOf } from "../../runtime/messages.ts";
import { RecordedProperties } from "./plugin-kind.ts";
import { wrap } from "./properties.ts";
import { any, provider, status } from "./proto.ts";

/** A call that this plugin does not have, or cannot have. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";
  readonly code: codes;
  constructor(code: codes, message: string) {
    super(message);
    this.code = code;
  }
}

/** An error as gRPC carries it; of a half-made object with what the engine is to record. */
export function statusOf(error: unknown): Partial<ServiceError> {
  const code = error instanceof RefusedCall ? error.code : codes.UNKNOWN;
  const details = messageOf(error);
  const metadata = new Metadata();
  if (error instanceof RecordedProperties) metadata.set("grpc-status-details-bin", recordOf(error, code));
  return { code, details, metadata };
}

function recordOf(error: RecordedProperties, code: number): Buffer {
  const detail = new provider.ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(wrap(error.outputs.values, error.outputs.secrets))
    .setInputs(wrap(error.inputs.values, error.inputs.secrets))
    .setReasonsList([error.message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = new status.Status().setCode(code).setMessage(error.message).setDetailsList([packed]);
  return Buffer.from(message.serializeBinary());
}
