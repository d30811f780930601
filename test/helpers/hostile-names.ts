import type { SimulatedOrganization } from "pulumi-anomify/simulator";

/** What an attacker, or a careless person, may call things. */
const HOSTILE = [
  '<script>alert("1")</script>',
  `"><img src=x onerror=alert(1)>`,
  "a\u202eb\u2066c\u200fd\u061ce",
  "line\u2028break\nand\ttab\u0000\u001b[31m\u0085",
  "</style></title></bdi><!-- {{7*7}} #{7*7} &lt;b&gt;",
  "lone \ud800 surrogate",
];

/** Calls the organization, its people, channels, metrics, watchers and exclusions by such names. */
export function renameEverything(organization: SimulatedOrganization): void {
  organization.edit((state) => {
    state.org.name = HOSTILE.join(" ");
    const [, template] = state.watchers;
    if (!template) throw new Error("The organization has no watcher to copy from");
    for (const [place, name] of HOSTILE.entries()) {
      const id = 900 + place;
      const alerts = [{ method: "slack" as const, ref: name }];
      state.watchers.push({ ...template, id, name, chips: [name, "cpu"], alerts });
      const words = { type: name, pattern: name, note: name };
      state.exclusions.push({ id, ...words, created_timestamp: 1, created_user_id: 101 });
      state.channels.push({ id: `C${place}`, name, private: false });
      Object.assign(state.metrics[place] ?? {}, { name: `prod.${name}.cpu` });
      Object.assign(state.users[place % state.users.length] ?? {}, { name });
    }
  });
}
