const OLDEST_NODE = 22;

/**
 * One sentence instead of a syntax error from the depth of a dependency.
 *
 * @throws Error when this Node.js is too old
 */
export function requireNode(version: string, product = "pulumi-anomify"): void {
  if (Number.parseInt(version, 10) < OLDEST_NODE) {
    throw new Error(
      `${product} needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a current one, for example with: nvm install ${OLDEST_NODE}`,
    );
  }
}
