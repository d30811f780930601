/** The name of a Slack channel as it is recorded and sent: without the `#` that people write before it. */
export const bareChannel = (name: string): string => name.replace(/^#/, "");
