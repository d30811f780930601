/** Address of the API where neither the config nor the environment has one. */
export const DEFAULT_ENDPOINT = "https://api.anomify.ai";
