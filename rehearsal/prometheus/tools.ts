import { join } from "node:path";
import type { Tool } from "../engine/tool";
import { projectRoot } from "../project-root";

/** The releases of the recorded charts: what they would refuse in a cluster, their tools refuse here. */
export const prometheusVersions = { promtool: "3.14.0", amtool: "0.34.0" } as const;

/** Prometheus's own tool: reads rules and configuration, and runs rules over made-up series. */
export const promtool = (): Tool =>
    toolOf("promtool", "github.com/prometheus/prometheus/cmd/promtool", [3, 14, 0]);

/** Alertmanager's own tool: reads its configuration, and says where an alert would go. */
export const amtool = (): Tool =>
    toolOf("amtool", "github.com/prometheus/alertmanager/cmd/amtool", [0, 34, 0]);

function toolOf(
    command: keyof typeof prometheusVersions,
    main: string,
    minimum: Tool["minimum"],
): Tool {
    const version = prometheusVersions[command];
    return {
        command,
        folder: command,
        version,
        minimum,
        versionArgs: ["--version"],
        program: {
            title: `${command} ${version}`,
            moduleFolder: join(projectRoot(), "rehearsal", "prometheus", "module"),
            package: main,
            stamps: { "github.com/prometheus/common/version.Version": version },
        },
    };
}
