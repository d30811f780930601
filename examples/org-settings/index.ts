import * as anomify from "pulumi-anomify";

const settings = new anomify.OrgSettings("organization", {
  name: "Acme Web Shop",
  timezone: "Europe/Berlin",
  onDelete: "restore",
});

export const organization = settings.orgId;
export const timezone = settings.timezone;
