/** A reply, read to its end. */
export interface RawResponse {
  readonly httpStatus: number;
  /** Media type without parameters, lower case; empty when the server names none. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The body, if it is JSON. */
  readonly json: unknown;
  /** `status.code` of the envelope, if there is one. */
  readonly code: number | undefined;
  /** The `Retry-After` header. */
  readonly retryAfter: string | null;
  /** Methods of the `Allow` header. */
  readonly allow: readonly string[] | undefined;
  /** Origin of the target of a redirect. */
  readonly redirectsTo: string | undefined;
}

/** A reply is larger than the client reads. */
export class ResponseTooLarge extends Error {}

/**
 * Reads a reply to its end, so that a connection cut halfway counts as a failed attempt. Throws {@link ResponseTooLarge} as soon
 * as it has more than `most` bytes, unpacked.
 */
export async function readRawResponse(response: Response, url: string, most: number): Promise<RawResponse> {
  const bytes = await readBytes(response, most);
  const contentType = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const json = /^(image|audio|video)\//.test(contentType) ? undefined : parseJson(bytes);
  const location = response.headers.get("location");
  return {
    // A redirect that the platform hides has status 0.
    httpStatus: response.type === "opaqueredirect" ? 302 : response.status,
    contentType,
    bytes,
    json,
    code: codeOf(json),
    retryAfter: response.headers.get("retry-after"),
    allow: response.headers
      .get("allow")
      ?.split(",")
      .map((method) => method.trim().toUpperCase()),
    redirectsTo: location !== null && URL.canParse(location, url) ? new URL(location, url).origin : undefined,
  };
}

async function readBytes({ body }: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // To leave the loop closes the connection.
    if (length > most) throw new ResponseTooLarge("The reply is too large.");
    chunks.push(chunk);
  }
  const { buffer, byteOffset } = Buffer.concat(chunks, length);
  return new Uint8Array(buffer, byteOffset, length);
}

/** JSON is recognized by its content: PHP answers text/html unless asked otherwise. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function codeOf(json: unknown): number | undefined {
  const status: unknown = isObject(json) ? json.status : undefined;
  const code: unknown = isObject(status) ? status.code : undefined;
  const number = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** The status that decides: success needs a good HTTP status and a good `status.code`. */
export function decidingStatus(reply: Pick<RawResponse, "httpStatus" | "code">): number {
  if (!isSuccess(reply.httpStatus) || reply.code === undefined) return reply.httpStatus;
  return reply.code;
}

/** Whether the reply proves that the call was not carried out. Behind a 5xx or a redirect it may have been. */
export const provesRefusal = (status: number): boolean => status >= 400 && status < 500;
