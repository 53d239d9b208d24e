import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { Where } from "./where";

/** What all machines of a cluster have in common. */
export interface MachineSite {
    readonly clusterName: string;
    readonly where: Where;
    /** Version of the image, where the stack file names one: then another one replaces a machine that keeps no data. */
    readonly imageRelease: string | undefined;
    /** Public halves of the keys that may sign in the first time. */
    readonly sshKeys: readonly pulumi.Input<string>[];
    /** Whether caches of disks on the host are sealed as well. */
    readonly encryptionAtHost: boolean;
    /** Seals root disks. */
    readonly diskEncryptionSetId: pulumi.Input<string>;
}

export interface MachineArgs extends MachineSite {
    /** A DNS label, such as web-a1. */
    readonly host: string;
    readonly size: string;
    readonly zone: string;
    readonly subnetId: pulumi.Input<string>;
    readonly groupId: pulumi.Input<string>;
    readonly rootGiB: number;
    /** Without one: what it holds can be had again. */
    readonly data:
        | { readonly sizeGiB: number; readonly diskEncryptionSetId: pulumi.Input<string> }
        | undefined;
    /** Whether it keeps data: then the engine does not replace or delete it unasked. */
    readonly keepsData: boolean;
    /** What else it does at its first start, as cloud-init reads it. */
    readonly firstStart: pulumi.Input<Readonly<Record<string, unknown>>>;
    /** The owners'. */
    readonly tags: Readonly<Record<string, string>>;
    /** Of the machine alone, not of its disks. */
    readonly patchGroup: Readonly<Record<string, string>>;
}

export interface MadeMachine {
    readonly machine: compute.VirtualMachine;
    readonly card: network.NetworkInterface;
    readonly address: pulumi.Output<string>;
    /** Of data. */
    readonly disk: compute.Disk | undefined;
}

/** The account that the machine is born with. */
export const rootUser = "ubuntu";

/** Where commcare-cloud looks for the disk of data: the link that Ubuntu makes for it on SCSI. */
export const dataLun = 0;

/**
 * Canonical's image of Ubuntu 22.04, the one system that commcare-cloud installs on, of the second generation, which
 * Trusted Launch asks for. Without a release the newest on the machine's first day, which it keeps.
 *
 * @see https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/
 */
export const image = (release: string | undefined) => ({
    publisher: "Canonical",
    offer: "0001-com-ubuntu-server-jammy",
    sku: "22_04-lts-gen2",
    version: release ?? "latest",
});

/**
 * A machine of Trusted Launch without a public address, whose disks are sealed with the cluster's keys and owned.
 *
 * Its image and what it does at its first start are those of its first day: neither is a reason to replace or to
 * restart it later. Only a release that the stack file names replaces one that keeps no data.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/trusted-launch
 */
export function machine(name: string, args: MachineArgs, parent: pulumi.Resource): MadeMachine {
    const { clusterName, where, host, zone, data, keepsData, tags } = args;
    const noun = `${clusterName}-${host}`;
    const card = new network.NetworkInterface(
        name,
        {
            ...where,
            networkInterfaceName: noun,
            enableAcceleratedNetworking: true,
            ipConfigurations: [
                {
                    name: "inside",
                    primary: true,
                    privateIPAllocationMethod: "Dynamic", // kept for as long as the card is there
                    subnet: { id: args.subnetId },
                    applicationSecurityGroups: [{ id: args.groupId }],
                },
            ],
            tags: { ...tags },
        },
        { parent },
    );
    const disk = data === undefined ? undefined : dataDisk(name, args, data, parent);
    const made = new compute.VirtualMachine(
        name,
        {
            ...where,
            vmName: noun,
            zones: [zone],
            hardwareProfile: { vmSize: args.size },
            networkProfile: {
                networkInterfaces: [{ id: card.id, primary: true, deleteOption: "Detach" }],
            },
            osProfile: {
                computerName: host,
                adminUsername: rootUser,
                customData: customDataOf(args),
                linuxConfiguration: {
                    disablePasswordAuthentication: true,
                    provisionVMAgent: true,
                    ssh: {
                        publicKeys: args.sshKeys.map((keyData) => ({
                            path: `/home/${rootUser}/.ssh/authorized_keys`,
                            keyData,
                        })),
                    },
                    // Installed in the windows of the patching layer, and at no other time.
                    patchSettings: {
                        patchMode: "AutomaticByPlatform",
                        assessmentMode: "AutomaticByPlatform",
                        automaticByPlatformSettings: {
                            bypassPlatformSafetyChecksOnUserSchedule: true,
                            rebootSetting: "IfRequired", // the window says whether
                        },
                    },
                },
            },
            securityProfile: {
                securityType: "TrustedLaunch",
                uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
                ...(args.encryptionAtHost ? { encryptionAtHost: true } : {}),
            },
            storageProfile: {
                imageReference: image(args.imageRelease),
                osDisk: {
                    name: `${noun}-root`,
                    createOption: "FromImage",
                    caching: "ReadWrite",
                    diskSizeGB: args.rootGiB,
                    deleteOption: "Delete",
                    managedDisk: {
                        storageAccountType: "Premium_LRS",
                        diskEncryptionSet: { id: args.diskEncryptionSetId },
                    },
                },
                dataDisks:
                    disk === undefined
                        ? []
                        : [
                              {
                                  lun: dataLun,
                                  createOption: "Attach",
                                  // What a database has written is on the disk, not in the host's memory.
                                  caching: "None",
                                  deleteOption: "Detach",
                                  managedDisk: { id: disk.id },
                              },
                          ],
            },
            identity: { type: "SystemAssigned" },
            diagnosticsProfile: { bootDiagnostics: { enabled: true } },
            tags: { ...tags, ...args.patchGroup },
        },
        {
            parent,
            protect: keepsData,
            ignoreChanges: ofFirstDay(args),
            replaceOnChanges: [imagePath],
            deleteBeforeReplace: true, // the card and the disk are there once
        },
    );
    const address = card.ipConfigurations.apply((all) => all?.[0]?.privateIPAddress ?? "");
    return { machine: made, card, address, disk };
}

const imagePath = "storageProfile.imageReference";

/**
 * What stays as it was on a machine's first day, whatever the stack file says later. With data that is its image too:
 * another machine of its name would take the copies' place in a vault that gives none up, and nobody would have made it
 * what it is. It is patched in place.
 */
export const ofFirstDay = ({
    keepsData,
    imageRelease,
}: Pick<MachineArgs, "keepsData" | "imageRelease">): string[] =>
    keepsData || imageRelease === undefined ? ["osProfile", imagePath] : ["osProfile"];

function dataDisk(
    name: string,
    { clusterName, where, host, zone, tags }: MachineArgs,
    { sizeGiB, diskEncryptionSetId }: NonNullable<MachineArgs["data"]>,
    parent: pulumi.Resource,
): compute.Disk {
    return new compute.Disk(
        `${name}-data`,
        {
            ...where,
            diskName: `${clusterName}-${host}-data`,
            zones: [zone],
            sku: { name: "Premium_LRS" },
            diskSizeGB: sizeGiB,
            creationData: { createOption: "Empty" },
            encryption: { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId },
            networkAccessPolicy: "DenyAll",
            publicNetworkAccess: "Disabled",
            tags: { ...tags },
        },
        { parent, protect: true },
    );
}

/** The name that the machine has in commcare-cloud's inventory, and what it does at its first start. JSON is YAML. */
function customDataOf({ host, firstStart }: MachineArgs): pulumi.Output<string> {
    return pulumi.secret(pulumi.output(firstStart)).apply((more) => {
        const settings = {
            hostname: host,
            preserve_hostname: false,
            manage_etc_hosts: true,
            ...more,
        };
        const text = `#cloud-config\n${JSON.stringify(settings, undefined, 2)}\n`;
        return Buffer.from(text).toString("base64");
    });
}
