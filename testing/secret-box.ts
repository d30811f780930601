import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";

const ALGORITHM = "aes-256-gcm";

/** Encrypts the secrets of a state, with a key made from a passphrase or, for state in memory, with a random one. */
export class SecretBox {
  readonly salt: string;
  readonly #key: Buffer;

  constructor(passphrase: string | undefined, salt = randomBytes(16).toString("base64")) {
    this.salt = salt;
    this.#key = passphrase === undefined ? randomBytes(32) : scryptSync(passphrase, Buffer.from(salt, "base64"), 32);
  }

  seal(plaintext: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce);
    const content = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
    return ["v1", nonce.toString("base64"), Buffer.concat([content, cipher.getAuthTag()]).toString("base64")].join(":");
  }

  open(ciphertext: string): string {
    const [, nonce = "", sealed = ""] = ciphertext.split(":");
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(ALGORITHM, this.#key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
  }
}
