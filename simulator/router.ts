import type { Route } from "./route.ts";

/** What a path leads to. */
export interface Found {
  route: Route | null;
  /** The path exists, but not with that method. */
  wrongMethod: boolean;
  pathParams: Record<string, string>;
}

/** Finds the route of a request. Literal paths go before those with a parameter: `/anomaly/lookup` is not an anomaly. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const segments = decodeSegments(path);
  const fits = segments
    ? routes.flatMap((route) => {
        const pathParams = matchPath(route.path, segments);
        return pathParams ? [{ route, pathParams }] : [];
      })
    : [];
  const fewest = Math.min(...fits.map(({ pathParams }) => Object.keys(pathParams).length));
  const candidates = fits.filter(({ pathParams }) => Object.keys(pathParams).length === fewest);
  const found = candidates.find(({ route }) => route.method === method);
  return {
    route: found?.route ?? null,
    wrongMethod: !found && candidates.length > 0,
    pathParams: found?.pathParams ?? {},
  };
}

/** Decoded after the split, so that an encoded slash stays inside its segment. */
function decodeSegments(path: string): string[] | null {
  try {
    return path.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}

function matchPath(template: string, segments: readonly string[]): Record<string, string> | null {
  const parts = template.slice(1).split("/");
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) {
      if (segment === "") return null;
      params[name] = segment;
    } else if (part !== segment) return null;
  }
  return params;
}
