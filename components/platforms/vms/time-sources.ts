import type { KeptFile } from "./remote-file";

/** Where chrony has the time from, beside what the distribution says. */
export const timeSources = (timeServers: readonly string[]): KeptFile => ({
    path: "/etc/chrony/sources.d/steward.sources",
    content: timeServers.map((each) => `pool ${each} iburst maxsources 4\n`).join(""),
    reload: "if systemctl --quiet is-active chrony; then chronyc -a reload sources >&2; fi",
});
