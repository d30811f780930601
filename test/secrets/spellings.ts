/** The forms in which a text may hold a secret: plain, in JSON, in JSON within JSON, in a URL, in a form, in base64. */
export function spellings(secret: string): string[] {
  const json = inJson(secret);
  const encoded = encodeURIComponent(secret);
  const forms = [secret, json, json.replaceAll("/", "\\/"), inJson(json), encoded, encoded.toLowerCase()];
  forms.push(encodeURIComponent(encoded), encodeURI(secret), new URLSearchParams({ v: secret }).toString().slice(2));
  return [...new Set([...forms, ...inBase64(secret)])];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Base64 and base64url of any text that holds the secret: it may begin at three places in a group of four characters. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    // The characters at both ends also depend on what stands next to the secret.
    const own = bytes.toString("base64").slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
