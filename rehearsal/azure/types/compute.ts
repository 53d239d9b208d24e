import { hex, now, uuid } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { normal } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { freeName, networkName, plainName } from "../names";
import { findById } from "../references";
import { checkSealing, principalIn } from "../rights";
import { vaultType } from "./keyvault";
import { inGroup } from "./paths";
import { zoneProblems } from "./public-addresses";

export const machineType = "azure-native:compute:VirtualMachine";
export const diskType = "azure-native:compute:Disk";
const setType = "azure-native:compute:DiskEncryptionSet";
const snapshotType = "azure-native:compute:Snapshot";

/** @see https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update#osprofile */
const barredUsers = new Set(
    (
        "1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server " +
        "sql support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5 video"
    ).split(" "),
);

function* machineProblems(inputs: Props): Generator<Problem> {
    yield* zoneProblems(inputs, 1);
    const user = textAt(inputs, "osProfile.adminUsername");
    if (user !== undefined && barredUsers.has(user.toLowerCase()))
        yield {
            property: "osProfile.adminUsername",
            reason: `${user} is one that Azure does not take`,
        };
    const linux = isGiven(inputs, "osProfile.linuxConfiguration");
    const keys = isGiven(inputs, "osProfile.linuxConfiguration.ssh.publicKeys");
    const barred =
        flagAt(inputs, "osProfile.linuxConfiguration.disablePasswordAuthentication") === true;
    if (linux && barred && !keys)
        yield {
            property: "osProfile.linuxConfiguration.ssh",
            reason: "is required without passwords",
        };
    if (isGiven(inputs, "osProfile") && !isGiven(inputs, "osProfile.adminPassword") && !keys)
        yield { property: "osProfile.adminPassword", reason: "give it, or keys and no passwords" };
    const luns = blocksAt(inputs, "storageProfile.dataDisks").map((disk) => numberAt(disk, "lun"));
    if (new Set(luns).size < luns.length)
        yield { property: "storageProfile.dataDisks", reason: "has one lun twice" };
    if (
        !isGiven(inputs, "networkProfile.networkInterfaces") &&
        !isGiven(inputs, "networkProfile.networkInterfaceConfigurations")
    )
        yield { property: "networkProfile.networkInterfaces", reason: "is required and not given" };
    if (
        flagAt(inputs, "securityProfile.uefiSettings.secureBootEnabled") === true &&
        textAt(inputs, "securityProfile.securityType") !== "TrustedLaunch"
    )
        yield {
            property: "securityProfile.securityType",
            reason: "must be TrustedLaunch with secure boot",
        };
}

/** Refuses what another machine has, and a disk of another zone. */
function admitMachine({ id, inputs, cloud }: Admission): void {
    const others = cloud.all(machineType).filter((each) => normal(each.id) !== normal(id));
    for (const [path, code] of [
        ["networkProfile.networkInterfaces.id", "NicInUse"],
        ["storageProfile.dataDisks.managedDisk.id", "DiskAlreadyAttached"],
        ["storageProfile.osDisk.managedDisk.id", "DiskAlreadyAttached"],
    ] as const)
        for (const part of textsAt(inputs, path)) {
            const other = others.find((each) =>
                textsAt(each.outputs, path).some((one) => normal(one) === normal(part)),
            );
            if (other !== undefined) refuse(code, `${path}: ${part} belongs to ${other.id}`);
        }
    const [zone] = textsAt(inputs, "zones");
    for (const part of textsAt(inputs, "storageProfile.dataDisks.managedDisk.id")) {
        const [there] = textsAt(findById(cloud, part)?.outputs ?? {}, "zones");
        if (there !== undefined && there !== zone)
            refuse(
                "BadRequest",
                `storageProfile.dataDisks: ${part} is in zone ${there}, the machine in ${zone ?? "none"}`,
            );
    }
}

/** @see https://learn.microsoft.com/azure/virtual-machines/disks-types */
function* diskProblems(inputs: Props): Generator<Problem> {
    yield* zoneProblems(inputs, 1);
    const sku = textAt(inputs, "sku.name") ?? "";
    if (sku.endsWith("_ZRS") && isGiven(inputs, "zones"))
        yield { property: "zones", reason: `do not go with ${sku}, which is in all of them` };
    const kind = textAt(inputs, "creationData.createOption");
    if (kind === "Empty" && numberAt(inputs, "diskSizeGB") === undefined)
        yield { property: "diskSizeGB", reason: "is required with Empty" };
    const tuned = isGiven(inputs, "diskIOPSReadWrite") || isGiven(inputs, "diskMBpsReadWrite");
    if (tuned && sku !== "PremiumV2_LRS" && sku !== "UltraSSD_LRS")
        yield { property: "diskIOPSReadWrite", reason: `does not go with ${sku}` };
    const way = textAt(inputs, "encryption.type");
    if (
        way !== undefined &&
        way !== "EncryptionAtRestWithPlatformKey" &&
        !isGiven(inputs, "encryption.diskEncryptionSetId")
    )
        yield { property: "encryption.diskEncryptionSetId", reason: `is required with ${way}` };
}

function admitDisk({ inputs, cloud, old }: Admission): void {
    for (const id of textsAt(inputs, "encryption.diskEncryptionSetId")) {
        const set = findById(cloud, id);
        if (set !== undefined)
            checkSealing(
                cloud,
                id,
                textAt(set.outputs, "activeKey.keyUrl"),
                principalIn(cloud, set),
            );
    }
    const [was, is] = [old?.outputs ?? {}, inputs].map((each) => numberAt(each, "diskSizeGB"));
    if (was !== undefined && is !== undefined && is < was)
        refuse("ResizeDiskError", `diskSizeGB: ${is} is less than ${was}; a disk only grows`);
}

/** @see https://learn.microsoft.com/azure/virtual-machines/disk-encryption#restrictions */
function admitSet({ inputs, cloud }: Admission): void {
    for (const id of textsAt(inputs, "activeKey.sourceVault.id")) {
        const vault = findById(cloud, id);
        if (
            vault?.type !== vaultType ||
            flagAt(vault.outputs, "properties.enablePurgeProtection") === true
        )
            continue;
        refuse(
            "KeyVaultWithoutPurgeProtection",
            `activeKey.sourceVault: ${id} needs enablePurgeProtection`,
        );
    }
}

const keptDisk = (): Props => ({
    diskSizeBytes: 0,
    diskState: "Unattached",
    managedBy: null,
    timeCreated: now(),
    uniqueId: uuid(),
});

/** Machines and their disks. @see https://learn.microsoft.com/rest/api/compute */
export const computeTypes: Readonly<Record<string, AzureType>> = {
    [machineType]: {
        path: inGroup("Microsoft.Compute/virtualMachines/{vmName}"),
        name: freeName(1, 64, "~ !@#$%^&*()=+_[]{}\\|;:'\",<>/?"),
        required: ["hardwareProfile.vmSize", "storageProfile", "networkProfile"],
        fixed: [
            "availabilitySet",
            "osProfile.adminUsername",
            "osProfile.computerName",
            "osProfile.customData",
            "osProfile.linuxConfiguration.ssh",
            "priority",
            "securityProfile.securityType",
            "storageProfile.imageReference",
            "storageProfile.osDisk.name",
            "zones",
        ],
        writeOnly: ["osProfile.adminPassword", "osProfile.customData"],
        inputProblems: machineProblems,
        admit: admitMachine,
        made: () => ({
            instanceView: null,
            managedBy: null,
            resources: [],
            timeCreated: now(),
            vmId: uuid(),
        }),
    },
    "azure-native:compute:VirtualMachineExtension": {
        path: inGroup("Microsoft.Compute/virtualMachines/{vmName}/extensions/{vmExtensionName}"),
        name: plainName(1, 260),
        required: ["publisher", "type", "typeHandlerVersion"],
        writeOnly: ["protectedSettings"],
        computed: ({ inputs }) => ({ type: text(inputs, "type") ?? "" }),
        made: () => ({ instanceView: null }),
    },
    [diskType]: {
        path: inGroup("Microsoft.Compute/disks/{diskName}"),
        name: plainName(1, 80),
        fixed: ["creationData", "osType", "hyperVGeneration", "zones"],
        heldBy: [machineType],
        inUse: "OperationNotAllowed",
        defaults: {
            diskIOPSReadWrite: 500,
            diskMBpsReadWrite: 60,
            networkAccessPolicy: "AllowAll",
            publicNetworkAccess: "Enabled",
        },
        inputProblems: diskProblems,
        admit: admitDisk,
        made: ({ inputs }) => ({
            ...keptDisk(),
            burstingEnabledTime: null,
            lastOwnershipUpdateTime: null,
            managedByExtended: [],
            propertyUpdatesInProgress: null,
            shareInfo: [],
            diskSizeBytes: (numberAt(inputs, "diskSizeGB") ?? 0) * 2 ** 30,
        }),
    },
    [setType]: {
        path: inGroup("Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}"),
        name: plainName(1, 80),
        required: ["activeKey", "identity"],
        heldBy: [
            diskType,
            machineType,
            snapshotType,
            "azure-native:containerservice:ManagedCluster",
        ],
        inUse: "DiskEncryptionSetInUse",
        admit: admitSet,
        made: () => ({
            autoKeyRotationError: null,
            lastKeyRotationTimestamp: now(),
            previousKeys: [],
        }),
    },
    [snapshotType]: {
        path: inGroup("Microsoft.Compute/snapshots/{snapshotName}"),
        name: networkName,
        fixed: ["creationData", "incremental"],
        made: () => ({ ...keptDisk(), incrementalSnapshotFamilyId: hex(32) }),
    },
};
