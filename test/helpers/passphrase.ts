import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const TAG_BYTES = 16;

/**
 * The secrets provider "passphrase" of the Pulumi CLI (`sdk/go/common/resource/config/crypt.go`), so that a test reads and writes what
 * the CLI encrypts without a process for each value.
 */
export class Passphrase {
  readonly #key: Buffer;
  /** For `encryptionsalt` in a stack's settings: the salt, and a known text by which the CLI recognizes the passphrase. */
  readonly salt: string;

  /** @param salt the `encryptionsalt` of a stack; a new one by default */
  constructor(passphrase: string, salt?: string) {
    const bytes = salt === undefined ? randomBytes(8) : Buffer.from(salt.split(":")[1] ?? "", "base64");
    this.#key = pbkdf2Sync(passphrase, bytes, 1_000_000, 32, "sha256");
    this.salt = salt ?? `v1:${bytes.toString("base64")}:${this.encrypt("pulumi")}`;
  }

  encrypt(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  /** @throws when the text was changed or encrypted otherwise */
  decrypt(text: string): string {
    const [, nonce = "", sealed = ""] = text.split(":");
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(ALGORITHM, this.#key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  }
}
