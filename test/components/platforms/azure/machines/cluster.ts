import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../../../components/cluster";
import type { AzureCommcareSpec } from "../../../../../components/model/spec";
import { isHubs, parseSpec } from "../../../../../components/model/spec";
import { azureMachines } from "../../../../../components/platforms/azure/machines/foundation";
import type { MachinesFoundation } from "../../../../../components/platforms/machines-foundation";
import { recordOptions } from "../../../../support/record-options";
import type { Recorded, Recording } from "../../../../support/record-resources";
import { recordResources, settled } from "../../../../support/record-resources";
import { stackConfig } from "../../../../support/stack-file";

type Config = Record<string, unknown>;

/** The stack file of the CommCare cluster on Azure, read as the program reads it; `change` edits what stands under `steward:`. */
export function commcare(change: (config: Config) => void = () => undefined): AzureCommcareSpec {
    const config = stackConfig("commcare-azure");
    change(config);
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || isHubs(spec) || spec.platform.kind !== "azure") {
        throw new Error(JSON.stringify(problems));
    }
    const { platform } = spec;
    return { ...spec, platform };
}

export interface BuiltMachines extends Recording {
    readonly foundation: MachinesFoundation;
    find(type: string, name: string): Recorded;
    ofType(type: string): readonly Recorded[];
    /** By type and name. */
    readonly options: ReadonlyMap<string, pulumi.CustomResourceOptions>;
}

/** The argument that names a resource, by its type: what Azure calls it afterwards. */
const nameOf = ({ inputs, name }: Recorded): string => {
    const given = Object.entries(inputs).find(
        (entry): entry is [string, string] =>
            typeof entry[1] === "string" &&
            /Name$/.test(entry[0]) &&
            !/^(resourceGroup|vm|vault|server|account|zone|cluster|privateZone|endpoint)Name$/.test(
                entry[0],
            ),
    );
    return given?.[1] ?? name;
};

const pem = (word: string): string => `-----BEGIN ${word}-----\n${word}\n-----END ${word}-----\n`;

/** What the foundation registers, with Azure answering as little as it must. */
export async function build(spec: AzureCommcareSpec): Promise<BuiltMachines> {
    const identity = { type: "SystemAssigned", principalId: "principal-of-it" };
    const outputs = {
        "azure-native:compute:VirtualMachine": ({ inputs }: Recorded) => ({
            name: inputs["vmName"],
            identity,
        }),
        "azure-native:network:NetworkInterface": ({ name, inputs }: Recorded) => ({
            ipConfigurations: [
                {
                    ...(inputs["ipConfigurations"] as object[])[0],
                    privateIPAddress: `10.0.0.${String(name.length)}`,
                },
            ],
        }),
        "azure-native:network:PublicIPAddress": () => ({ ipAddress: "192.0.2.1" }),
        "azure-native:managedidentity:UserAssignedIdentity": ({ name }: Recorded) => ({
            principalId: `principal of ${name}`,
        }),
        "azure-native:keyvault:Vault": ({ inputs }: Recorded) => ({
            name: inputs["vaultName"],
            properties: { ...(inputs["properties"] as object), vaultUri: "https://vault.test/" },
        }),
        "azure-native:keyvault:Key": ({ inputs }: Recorded) => ({
            name: inputs["keyName"],
            keyUri: `https://vault.test/keys/${String(inputs["keyName"])}`,
            keyUriWithVersion: `https://vault.test/keys/${String(inputs["keyName"])}/1`,
        }),
        "azure-native:dbforpostgresql:Server": ({ inputs }: Recorded) => ({
            name: inputs["serverName"],
            fullyQualifiedDomainName: `${String(inputs["serverName"])}.postgres.test`,
        }),
        "random:index/randomPassword:RandomPassword": ({ name }: Recorded) => ({
            result: `Random1 ${name}`,
        }),
        "azure-native:dns:Zone": () => ({ nameServers: ["ns1.test", "ns2.test"] }),
        "azure-native:dataprotection:BackupVault": () => ({ identity }),
        "azure-native:logic:Workflow": () => ({ identity }),
        "azure-native:authorization:PolicyAssignment": () => ({ identity }),
        "tls:index/selfSignedCert:SelfSignedCert": () => ({ certPem: pem("ROOT") }),
        "tls:index/locallySignedCert:LocallySignedCert": () => ({ certPem: pem("LEAF") }),
        "tls:index/certRequest:CertRequest": () => ({ certRequestPem: pem("REQUEST") }),
        "tls:index/privateKey:PrivateKey": () => ({
            privateKeyPem: pem("KEY"),
            privateKeyOpenssh: pem("OPENSSH"),
            publicKeyOpenssh: "ssh-ed25519 AAAAfirst\n",
        }),
    };
    const named = ["resources:ResourceGroup", "storage:StorageAccount", "compute:Disk"].map(
        (type) => `azure-native:${type}`,
    );
    const recording = await recordResources({
        outputs: {
            ...outputs,
            ...Object.fromEntries(
                named.map((type) => [type, (each: Recorded) => ({ name: nameOf(each) })]),
            ),
        },
        calls: {
            "azure-native:redisenterprise:listDatabaseKeys": () => ({
                primaryKey: "key/of+the=broker",
                secondaryKey: "another",
            }),
        },
    });
    const { options, within } = recordOptions();
    const foundation = await azureMachines(spec, new Cluster(spec.name, spec.matrix, within));
    await settled();
    const ofType = (type: string) =>
        recording.resources.filter((each) => each.type === `azure-native:${type}`);
    const find = (type: string, name: string): Recorded => {
        const found = ofType(type).filter((each) => each.name === name);
        if (found[0] === undefined || found.length > 1) {
            throw new Error(`${String(found.length)} of ${type} ${name}`);
        }
        return found[0];
    };
    return { ...recording, options, foundation, find, ofType };
}
