import type { Call } from "../call.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { momentString } from "../time.ts";

const month = 30 * 86_400;

/** One bill a month since the organization began to send metrics. */
function bills(call: Call) {
  const { state, origin, now } = call;
  const since = Math.min(...state.metrics.map(({ first_timestamp }) => first_timestamp));
  const count = state.metrics.length > 0 ? Math.floor((now - since) / month) : 0;
  const all = Array.from({ length: count }, (_, index) => ({ id: index + 1, timestamp: since + (index + 1) * month }));
  return pageOf(newestFirst(all, spanOf(call)), call).map(({ id, timestamp }) => ({
    id: `bill-${state.org.id}-${id}`,
    timestamp,
    timestamp_string: momentString(timestamp),
    amount: state.metricsQuota / 10,
    currency: "USD",
    status: "paid",
    url: `${origin}/simulated/bills/${state.org.id}-${id}`,
  }));
}

const paymentPage = ({ service, origin }: Call, kind: string): string =>
  `${origin}/simulated/payment/${kind}/${service.newSecret()}`;

export const billingRoutes: readonly Route[] = [
  route(
    "GET /billing/history",
    "listBillingHistory",
    { auth: "session", cacheable: true, params: { ...spanParams, ...pageParams }, check: checkSpan },
    (call) => ({ history: bills(call) }),
  ),
  route(
    "GET /billing/getcheckoutsession",
    "getBillingCheckoutSession",
    { auth: "session", params: { plan: { type: "string" } } },
    (call) => ({
      url: paymentPage(call, "checkout"),
    }),
  ),
  route("GET /billing/getportalsession", "getBillingPortalSession", { auth: "session" }, (call) => ({
    url: paymentPage(call, "portal"),
  })),
  route(
    "GET /billing/checkoutcallback",
    "billingCheckoutCallback",
    { auth: "session", params: { checkout_session_id: { type: "string" } } },
    () => ({ message: "Noted." }),
  ),
];
