import type { CommcareClusterSpec } from "../model/spec";
import { awsHandOver } from "./aws/machines/hand-over";
import { azureHandOver } from "./azure/machines/hand-over";
import type { HandOver } from "./hand-over";

/** What the platform of a cluster says to commcare-cloud. Loads no cloud's SDK. */
export function handOverOf(spec: CommcareClusterSpec): HandOver {
    const { platform } = spec;
    return platform.kind === "aws"
        ? awsHandOver({ ...spec, platform })
        : azureHandOver({ ...spec, platform });
}
