import type { Call } from "./call.ts";
import { findUser } from "./render.ts";

// Checks of the people and channels that a request names, shared by watchers and admin alerts.

/** Notes a problem when one of the people does not exist, or cannot be reached that way. */
export function checkPeople(call: Call, parameter: string, reach?: "phone_number" | "slack_member_id"): void {
  for (const id of call.params.list(parameter) ?? []) {
    const user = findUser(call.state, id);
    if (!user) call.problems.add(parameter, `No such user: ${id}.`);
    else if (reach === "phone_number" && !user.phone_number)
      call.problems.add(parameter, `User ${id} has no phone number.`);
    else if (reach === "slack_member_id" && !user.slack_member_id)
      call.problems.add(parameter, `User ${id} has no Slack member id.`);
  }
}

/** Notes a problem when the channel is not one of the connected workspace. Names are without `#`. */
export function checkChannel(call: Call, parameter: string): void {
  const name = call.params.text(parameter);
  if (!name) return;
  if (!call.state.channels.some((channel) => channel.name === name))
    call.problems.add(parameter, `No such Slack channel: ${name}.`);
}
