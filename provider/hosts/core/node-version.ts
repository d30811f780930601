const OLDEST_NODE = 22;

/**
 * One sentence instead of a syntax error from the depth of a dependency.
 *
 * @throws Refusal when this Node.js is too old
 */
export function requireNode(
  version: string,
  product = "pulumi-anomify",
  Refusal: new (message: string) => Error = Error,
): void {
  if (Number.parseInt(version, 10) < OLDEST_NODE) {
    throw new Refusal(
      `${product} needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a current one, for example with: nvm install ${OLDEST_NODE}`,
    );
  }
}
