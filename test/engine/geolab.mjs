import { readFileSync } from "node:fs";
import { parse } from "yaml";

const hub = "prod";
const file = new URL("../../stacks/Pulumi.jupyterhub-aws.yaml", import.meta.url);

/** The default stack's `config:` with one hub, as small as a whole deploy can be, and a secret for it. */
export function geolabFile() {
    const { config } = parse(readFileSync(file, "utf8"));
    const { hubs, ...shared } = config["steward:jupyterhub"];
    return {
        ...config,
        "steward:jupyterhub": { ...shared, hubs: hubs.filter(({ name }) => name === hub) },
        "steward:secrets": { [hub]: { oauthClientSecret: "rehearsed" } },
    };
}
