import type { Difference } from "../differences.ts";
import { differingDocument } from "../differing-document.ts";
import type { ParamSpec } from "../params.ts";
import type { Route } from "../route.ts";
import { adminAlertRoutes } from "./admin-alerts.ts";
import { anomalyRoutes } from "./anomaly.ts";
import { billingRoutes } from "./billing.ts";
import { exclusionRoutes } from "./exclusion.ts";
import { imageRoutes } from "./image.ts";
import { loginRoutes } from "./login.ts";
import { metricRoutes } from "./metric.ts";
import { metricsRoutes } from "./metrics.ts";
import { miscRoutes } from "./misc.ts";
import { orgRoutes } from "./org.ts";
import { orgDataRoutes } from "./org-data.ts";
import { patternRoutes } from "./pattern.ts";
import { serviceRoutes } from "./service.ts";
import { signupRoutes } from "./signup.ts";
import { userRoutes } from "./user.ts";
import { watcherRoutes } from "./watcher.ts";
import { watchersRoutes } from "./watchers.ts";

/**
 * All operations. `openapi` is what /doc/openapi serves, by default a short document that lists the operations; the differences are
 * put into it.
 */
export function allRoutes(openapi?: object, differences: readonly Difference[] = []): readonly Route[] {
  const routes: Route[] = [
    ...watcherRoutes,
    ...watchersRoutes,
    ...exclusionRoutes,
    ...orgRoutes,
    ...adminAlertRoutes,
    ...userRoutes,
    ...loginRoutes,
    ...signupRoutes,
    ...anomalyRoutes,
    ...patternRoutes,
    ...metricRoutes,
    ...metricsRoutes,
    ...imageRoutes,
    ...orgDataRoutes,
    ...billingRoutes,
    ...miscRoutes,
  ];
  routes.push(...serviceRoutes(() => differingDocument(openapi ?? describeRoutes(routes), differences)));
  return routes;
}

function describeRoutes(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operation, params } of routes) {
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: operation,
        ...describeParams(path, method, params ?? {}),
        responses: { 200: { description: "Success." } },
      },
    };
  }
  return { openapi: "3.1.0", info: { title: "Anomify simulator", version: "1" }, paths };
}

function describeParams(path: string, method: string, specs: Readonly<Record<string, ParamSpec>>): object {
  const entries = Object.entries(specs);
  const place = (name: string) => (path.includes(`{${name}}`) ? "path" : method === "GET" ? "query" : "form");
  const fields = entries.filter(([name]) => place(name) === "form");
  const parameters = entries
    .filter(([name]) => place(name) !== "form")
    .map(([name, spec]) => ({ name, in: place(name), required: spec.required ?? false, schema: { type: "string" } }));
  const schema = {
    type: "object",
    required: fields.filter(([, spec]) => spec.required).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name]) => [name, { type: "string" }])),
  };
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(fields.length > 0 && { requestBody: { content: { "application/x-www-form-urlencoded": { schema } } } }),
  };
}
