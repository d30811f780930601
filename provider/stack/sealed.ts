/** Key and value by which a deployment marks an object that stands for something else than itself, and for a secret. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** A secret as a deployment has it: with its value as JSON text where that is to be seen. */
export interface Sealed {
  readonly plaintext?: string;
}

/** A value in the form in which Pulumi takes secrets; without `json` only that there is one. @param json the value as JSON text */
export function seal(json?: string): Readonly<Record<string, string>> {
  const mark = { [SIGNATURE_KEY]: SECRET_SIGNATURE };
  return json === undefined ? mark : { ...mark, plaintext: json };
}

/** Whether an object of a deployment is a secret. */
export function isSealed(value: object): value is Sealed {
  return (value as Readonly<Record<string, unknown>>)[SIGNATURE_KEY] === SECRET_SIGNATURE;
}
