import { isGiven, textAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { plainName } from "../names";
import { findById } from "../references";
import { machineType } from "./compute";
import { inGroup } from "./paths";

const configurationType = "azure-native:maintenance:MaintenanceConfiguration";
const assignmentTypes = [
    "azure-native:maintenance:ConfigurationAssignment",
    "azure-native:maintenance:ConfigurationAssignmentParent",
    "azure-native:maintenance:ConfigurationAssignmentsForResourceGroup",
    "azure-native:maintenance:ConfigurationAssignmentsForSubscription",
];
const assigned =
    "providers/Microsoft.Maintenance/configurationAssignments/{configurationAssignmentName}";
const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

/** @see https://learn.microsoft.com/azure/virtual-machines/maintenance-configurations#guest */
function* windowProblems(inputs: Props): Generator<Problem> {
    const guest = text(inputs, "maintenanceScope") === "InGuestPatch";
    if (guest && !isGiven(inputs, "installPatches"))
        yield { property: "installPatches", reason: "is required with InGuestPatch" };
    if (guest && textAt(inputs, "extensionProperties.InGuestPatchMode") !== "User")
        yield {
            property: "extensionProperties.InGuestPatchMode",
            reason: "must be User with InGuestPatch",
        };
    const span = text(inputs, "duration");
    const [, hours = "", minutes = ""] = /^(\d\d):(\d\d)$/.exec(span ?? "") ?? [];
    const length = Number(hours) * 60 + Number(minutes);
    if (span !== undefined && hours === "")
        yield { property: "duration", reason: `${span} is no 02:00` };
    else if (guest && span !== undefined && (length < 90 || length > 235))
        yield { property: "duration", reason: `${span} is not 01:30 to 03:55` };
    const start = text(inputs, "startDateTime");
    if (start !== undefined && !/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(start))
        yield { property: "startDateTime", reason: `${start} is no 2026-12-01 03:00` };
}

/** A machine takes a schedule only where its user, and not the platform, says when. */
function admitAssignment({ inputs, cloud }: Admission): void {
    const configuration = findById(cloud, text(inputs, "maintenanceConfigurationId") ?? "");
    const target = findById(cloud, text(inputs, "resourceId") ?? "");
    if (
        target?.type !== machineType ||
        configuration?.outputs["maintenanceScope"] !== "InGuestPatch"
    )
        return;
    const settings = "osProfile.linuxConfiguration.patchSettings";
    const byPlatform = textAt(target.inputs, `${settings}.patchMode`) === "AutomaticByPlatform";
    const own = isGiven(
        target.inputs,
        `${settings}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule`,
    );
    if (byPlatform && own) return;
    refuse(
        "PatchModeNotSupported",
        `resourceId: ${target.id} needs patchMode AutomaticByPlatform and bypassPlatformSafetyChecksOnUserSchedule, or it patches when it likes`,
    );
}

const assignment = (path: string): AzureType => ({
    path,
    name: plainName(1, 260),
    required: ["maintenanceConfigurationId"],
    location: "any",
    admit: admitAssignment,
});

/** When machines are patched. @see https://learn.microsoft.com/azure/update-manager/overview */
export const maintenanceTypes: Readonly<Record<string, AzureType>> = {
    [configurationType]: {
        path: inGroup("Microsoft.Maintenance/maintenanceConfigurations/{resourceName}"),
        name: plainName(1, 260),
        heldBy: assignmentTypes,
        inUse: "MaintenanceConfigurationInUse",
        defaults: { extensionProperties: {} },
        inputProblems: windowProblems,
    },
    "azure-native:maintenance:ConfigurationAssignment": assignment(
        `${group}/providers/{providerName}/{resourceType}/{resourceName}/${assigned}`,
    ),
    "azure-native:maintenance:ConfigurationAssignmentParent": assignment(
        `${group}/providers/{providerName}/{resourceParentType}/{resourceParentName}/{resourceType}/{resourceName}/${assigned}`,
    ),
    "azure-native:maintenance:ConfigurationAssignmentsForResourceGroup": assignment(
        `${group}/${assigned}`,
    ),
    "azure-native:maintenance:ConfigurationAssignmentsForSubscription": assignment(
        `/subscriptions/{subscriptionId}/${assigned}`,
    ),
};
