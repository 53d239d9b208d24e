import { hubHealth } from "./dashboards/hub-health";
import { hubUse } from "./dashboards/hub-use";
import { dashboardFile } from "./dashboards/panel";
import { storage } from "./dashboards/storage";

/** What is shown of the hubs. None depends on which hubs there are: a reader chooses. */
export const dashboards = [hubHealth, hubUse, storage] as const;

/** The files that Grafana reads, by name. */
export function dashboardFiles(): Record<string, string> {
    return Object.fromEntries(
        dashboards.map((dashboard) => [
            `${dashboard.uid}.json`,
            JSON.stringify(dashboardFile(dashboard)),
        ]),
    );
}
