import type { CacheMode } from "./cache.ts";
import { ReadCache } from "./cache.ts";
import type { Difference } from "./differences.ts";
import { differingRoutes } from "./differences.ts";
import { Dispatcher } from "./dispatch.ts";
import type { Faults } from "./faults.ts";
import { FaultList } from "./faults.ts";
import type { Journal } from "./journal.ts";
import { RequestJournal } from "./journal.ts";
import type { SimulatedOrganization } from "./organization.ts";
import { OrganizationView } from "./organization.ts";
import type { Rate } from "./rate.ts";
import { RateMeter } from "./rate.ts";
import { allRoutes } from "./routes/index.ts";
import { HttpServer } from "./server.ts";
import { Service } from "./service.ts";
import { ShapeList, type ShapeMode } from "./shapes.ts";
import type { Tenant } from "./tenant.ts";
import { demo, resolveTenant } from "./tenants/index.ts";

/** Options of {@link startSimulator}. */
export interface SimulatorOptions {
  /**
   * Organizations to start with: names of ready-made ones (`acme`, `globex`, `empty`) or own ones.
   * @default ["acme"]
   */
  tenants?: ReadonlyArray<string | Tenant>;
  /**
   * Unix seconds, may be fractional.
   * @default the real time
   */
  clock?: () => number;
  /**
   * Port on 127.0.0.1; 0 takes a free one.
   * @default 0
   */
  port?: number;
  /**
   * Milliseconds added to each reply.
   * @default 0
   */
  latency?: number;
  /**
   * Document that /doc/openapi serves.
   * @default a short one that lists the operations
   */
  openapi?: object;
  /**
   * Where the service is not what the contract says, in requests, in replies and in what /doc/openapi serves.
   * @default []
   */
  differences?: readonly Difference[];
}

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** One organization, by the name of its tenant; one that signed up, by its own name. */
  organization(tenant: string): SimulatedOrganization;
  /** Every request in order. */
  readonly journal: Journal;
  /** What goes wrong. */
  readonly faults: Faults;
  /** How many requests are taken; by default all of them. */
  readonly rate: Rate;
  /** Cached reads. */
  readonly cache: CacheMode;
  /** Other forms of requests and replies that mean the same; none at the start. */
  readonly shapes: ShapeMode;
  /** Closes all sockets. */
  stop(): Promise<void>;
}

/**
 * Starts an Anomify service in memory behind real HTTP on loopback.
 *
 * @example
 * const simulator = await startSimulator({ tenants: ["acme"] });
 * const { token } = simulator.organization("acme");
 * await fetch(`${simulator.url}/watchers/list`, { headers: { "X-Auth-Token": token } });
 * await simulator.stop();
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? (() => Date.now() / 1000);
  const tenants = (options.tenants ?? ["acme"]).map(resolveTenant);
  const service = new Service(tenants.includes(demo) ? tenants : [...tenants, demo], clock);
  const differences = options.differences ?? [];
  const routes = differingRoutes(allRoutes(options.openapi, differences), differences);
  const cache = new ReadCache(routes.filter(({ cacheable }) => cacheable).map(({ operation }) => operation));
  const journal = new RequestJournal();
  const faults = new FaultList(routes.map(({ operation }) => operation));
  const rate = new RateMeter();
  const shapes = new ShapeList(routes);
  const server = new HttpServer({
    service,
    routes,
    dispatcher: new Dispatcher(service, cache),
    journal,
    faults,
    rate,
    differences,
    shapes,
    latency: options.latency ?? 0,
  });
  const url = await server.listen(options.port ?? 0);
  return {
    url,
    journal,
    faults,
    rate,
    cache,
    shapes,
    organization: (tenant) => {
      const organization = service.organizations.get(tenant);
      if (!organization)
        throw new Error(
          `The simulator has no organization "${tenant}". It has: ${[...service.organizations.keys()].join(", ")}.`,
        );
      return new OrganizationView(service, organization);
    },
    stop: () => server.stop(),
  };
}
