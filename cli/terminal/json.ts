/** Indented, and with the characters escaped that a terminal acts on and JSON permits. The data is the same. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(steeringInJson, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

const steeringInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
