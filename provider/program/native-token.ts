/** Type token of a kind that the native plugin serves. */
export const nativeToken = (kind: string): string => `anomify:index:${kind}`;
