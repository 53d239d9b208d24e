import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { backupTag } from "../backup-tag";

/** What all machines of a cluster have in common. */
export interface MachineSite {
    readonly clusterName: string;
    readonly image: pulumi.Input<string>;
    /** Whether the stack file names the image's release: then another one replaces the machine. */
    readonly imageNamed: boolean;
    /** Public halves of the keys that may sign in the first time. */
    readonly sshKeys: readonly pulumi.Input<string>[];
    /** Of root disks. */
    readonly keyArn: pulumi.Input<string>;
}

export interface MachineArgs extends MachineSite {
    /** A DNS label, such as web-a1. */
    readonly host: string;
    readonly instanceType: string;
    readonly zone: string;
    readonly subnetId: pulumi.Input<string>;
    readonly groupId: pulumi.Input<string>;
    readonly profileName: pulumi.Input<string>;
    readonly rootGiB: number;
    /** Without one: what it holds can be had again. */
    readonly data: { readonly sizeGiB: number; readonly keyArn: pulumi.Input<string> } | undefined;
    /** What else it does at its first start, as cloud-init reads it. */
    readonly firstStart: Readonly<Record<string, unknown>>;
    /** Whether it keeps data: then the engine does not replace or delete it unasked. */
    readonly keepsData: boolean;
    /** The owners', with a name. */
    readonly tags: Readonly<Record<string, string>>;
    /** Of the machine alone, not of its disks. */
    readonly patchGroup: Readonly<Record<string, string>>;
}

/** Where commcare-cloud looks for the disk of data. */
const dataDevice = "/dev/sdf";

/**
 * A machine that signs for its metadata, whose disks are sealed and owned, and which nobody ends by a wrong click:
 * termination is protected against everybody but the engine, which has a protection of its own for what keeps data.
 *
 * Its image and what it does at its first start are those of its first day: neither is a reason to replace or to
 * restart it later. Only a release that the stack file names replaces it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html
 */
export function machine(name: string, args: MachineArgs, parent: pulumi.Resource): ec2.Instance {
    const { host, zone, data, keepsData, imageNamed, tags } = args;
    const instance = new ec2.Instance(
        name,
        {
            ami: args.image,
            instanceType: args.instanceType,
            subnetId: args.subnetId,
            vpcSecurityGroupIds: [args.groupId],
            iamInstanceProfile: args.profileName,
            ebsOptimized: true,
            disableApiTermination: true,
            forceDestroy: true,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            maintenanceOptions: { autoRecovery: "default" },
            // Not `volumeTags`: those would be written over the tags of the data disk in every run.
            rootBlockDevice: {
                volumeType: "gp3",
                volumeSize: args.rootGiB,
                encrypted: true,
                kmsKeyId: args.keyArn,
                deleteOnTermination: true,
                tags: { ...tags },
            },
            userData: userDataOf(args),
            tags: { ...tags, ...args.patchGroup },
        },
        {
            parent,
            protect: keepsData,
            ignoreChanges: imageNamed ? ["userData"] : ["ami", "userData"],
        },
    );
    if (data !== undefined) {
        const volume = new ebs.Volume(
            `${name}-data`,
            {
                availabilityZone: zone,
                size: data.sizeGiB,
                type: "gp3",
                encrypted: true,
                kmsKeyId: data.keyArn,
                finalSnapshot: true,
                tags: { ...tags, ...backupTag, Name: `${args.clusterName}-${host}-data` },
            },
            { parent, protect: true },
        );
        new ec2.VolumeAttachment(
            `${name}-data`,
            {
                instanceId: instance.id,
                volumeId: volume.id,
                deviceName: dataDevice,
                // A disk that is torn from a running database is a broken one.
                stopInstanceBeforeDetaching: true,
            },
            { parent },
        );
    }
    return instance;
}

/**
 * The name that the machine has in commcare-cloud's inventory, and the keys by which Ansible comes in as `ubuntu`:
 * no key pair of EC2, which takes one key and would replace every machine when it is another one. JSON is YAML.
 */
function userDataOf({ host, sshKeys, firstStart }: MachineArgs): pulumi.Output<string> {
    return pulumi.all([...sshKeys]).apply((keys) => {
        const settings = {
            hostname: host,
            preserve_hostname: false,
            manage_etc_hosts: true,
            ssh_authorized_keys: keys,
            ...firstStart,
        };
        return `#cloud-config\n${JSON.stringify(settings, undefined, 2)}\n`;
    });
}
