import type { AnyCommcareSpec } from "../model/spec";
import { awsHandOver } from "./aws/machines/hand-over";
import { azureHandOver } from "./azure/machines/hand-over";
import type { HandOver } from "./hand-over";
import { vmsHandOver } from "./vms/hand-over";

/** What the platform of a cluster says to commcare-cloud. Loads no cloud's SDK. */
export function handOverOf(spec: AnyCommcareSpec): HandOver {
    const { platform } = spec;
    switch (platform.kind) {
        case "aws":
            return awsHandOver({ ...spec, platform });
        case "azure":
            return azureHandOver({ ...spec, platform });
        case "vms":
            return vmsHandOver({ ...spec, platform });
    }
}
