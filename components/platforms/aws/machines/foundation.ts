import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import { layerArgs } from "../../../layer-args";
import { bucketName, bucketPurposes } from "../../../model/commcare/bucket-names";
import { hostGroups, rulesOf } from "../../../model/commcare/host-groups";
import { dataNames } from "../../../model/commcare/internal-names";
import { machineLayer } from "../../../model/commcare/machine-layer";
import { machinesWith } from "../../../model/commcare/plan";
import { ownerOf } from "../../../model/matrix";
import { partyBudgets } from "../../../model/party-budgets";
import { payingLayer } from "../../../model/payers";
import type { CommcareClusterSpec } from "../../../model/spec";
import type { BuildMachines } from "../../machines-foundation";
import { natAlarm } from "../alarms";
import { Alerts } from "../alerts";
import { Backups } from "../backups";
import { Account } from "../budget";
import { readsOfMachines, ThreatDetection } from "../detection";
import type { DetectorPlan } from "../detector";
import { planFor, wordDetector } from "../detector";
import { failedBackups, failedRestores, findings } from "../events";
import { Network } from "../network";
import { placeOf } from "../place";
import { AccountRecords } from "./account-records";
import { DataServices } from "./data-services";
import { Firewall } from "./firewall";
import { Identities } from "./identities";
import { InnerBalancers } from "./inner-balancers";
import { machineAlarms } from "./machine-alarms";
import { Machines } from "./machines";
import { patchNotices, unownedNotice } from "./notices";
import { OperatingSystem } from "./operating-system";
import { Patching } from "./patching";
import { PrivateZone } from "./private-zone";
import { PublicEntry } from "./public-entry";
import { RecordsBucket } from "./records-bucket";
import { Secrets } from "./secrets";
import { dataAlarms, entryAlarms } from "./service-alarms";
import { SiteDomain } from "./site-domain";
import { WebFirewall } from "./web-firewall";

type Opts = pulumi.ComponentResourceOptions & { readonly providers: pulumi.ProviderResource[] };

/** A cluster of machines on AWS, and what keeps it whole. Its provider comes before any other resource. */
export const awsMachines: BuildMachines = async (spec, cluster) => {
    const aws = new Provider(
        "aws",
        { region: spec.region, allowedAccountIds: [spec.platform.aws.accountId] },
        { parent: cluster },
    );
    const passwords = new random.Provider("aws-random", {}, { parent: cluster });
    const opts: Opts = { parent: cluster, providers: [aws, passwords] };
    const detector = await planFor(spec, aws);
    const ground = buildGround(spec, opts);
    const built = buildServices(spec, ground, opts);
    const entry = buildEntry(spec, ground, built, opts);
    const alerts = watch(spec, detector, { ...ground, ...built, ...entry }, opts);
    buildBudgets(spec, alerts, opts);
    const { place, clusterName } = ground;
    const hosts = Object.entries(built.instances).map(([name, { id, privateIp }]) => {
        return [name, { address: privateIp, id }] as const;
    });
    return {
        hosts: Object.fromEntries(hosts),
        address: entry.entry.balancer.dnsName,
        outputs: {
            next: entry.domain.next === undefined ? [] : [entry.domain.next],
            buckets: Object.fromEntries(
                bucketPurposes.map((purpose) => [
                    purpose,
                    bucketName(clusterName, purpose, place.accountId),
                ]),
            ),
            alarms: alerts.topicArns(),
            detection: wordDetection(detector),
        },
    };
};

/** The network, who may talk to whom in it, identities, keys, and where services of the cloud write down. */
function buildGround(spec: CommcareClusterSpec, opts: Opts) {
    const { network: wanted, machines } = spec.platform.aws;
    const { plan } = spec.workload;
    const [clusterName, place] = [spec.name, placeOf(spec)];
    const network = new Network(
        "network",
        { ...layerArgs(spec, "network"), clusterName, place, serves: "machines", ...wanted },
        opts,
    );
    const groups = hostGroups(plan);
    const firewall = new Firewall(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            groups,
            rules: rulesOf(plan),
            bastionSubnetId: machines.bastion
                ? Object.values(network.privateSubnets)[0]
                : undefined,
        },
        opts,
    );
    const identities = new Identities(
        "identity-secrets",
        { ...layerArgs(spec, "identity-secrets"), clusterName, place, groups },
        opts,
    );
    const records = new RecordsBucket(
        "intrusion-detection",
        { ...layerArgs(spec, "intrusion-detection"), clusterName, place },
        opts,
    );
    return { clusterName, place, plan, machines, network, firewall, identities, records };
}

type Ground = ReturnType<typeof buildGround>;

/** Data services of the cloud, and all machines. */
function buildServices(spec: CommcareClusterSpec, ground: Ground, opts: Opts) {
    const { clusterName, place, plan, machines, network, firewall, identities } = ground;
    const data = new DataServices(
        "data-services",
        {
            ...layerArgs(spec, "data-services"),
            clusterName,
            place,
            plan,
            subnets: network.innerSubnets,
            firewall,
            keyArn: identities.dataKey.arn,
            logRetentionDays: machines.logRetentionDays,
            copiesAtUtc: spec.platform.aws.backups.hourUtc,
        },
        opts,
    );
    new Secrets(
        "identity-secrets",
        {
            ...layerArgs(spec, "identity-secrets"),
            clusterName,
            keyArn: identities.secretsKey.arn,
            postgresRoot: data.postgresRoot,
        },
        opts,
    );
    const system = new OperatingSystem(
        "operating-system",
        {
            ...layerArgs(spec, "operating-system"),
            clusterName,
            imageRelease: machines.imageRelease,
        },
        opts,
    );
    const layers = [...new Set(plan.machines.map(machineLayer))].sort();
    const instances = layers.map((layer) => {
        const { instances: made } = new Machines(
            layer,
            {
                ...layerArgs(spec, layer),
                clusterName,
                plan,
                machines: plan.machines.filter((each) => machineLayer(each) === layer),
                zones: spec.platform.aws.network.zones,
                subnets: { private: network.privateSubnets, data: network.innerSubnets },
                firewall,
                identities,
                image: system.image,
                imageNamed: machines.imageRelease !== undefined,
                sshKeys: spec.workload.commcare.operators.map(({ sshKey }) => sshKey),
                keyArn: identities.diskKey.arn,
                dataKeyArn: identities.dataKey.arn,
                below: { os: roleOf(spec, "operating-system"), hosting: roleOf(spec, "hosting") },
            },
            // What a machine asks of the Internet when it starts for the first time finds the way out.
            { ...opts, dependsOn: [...network.ready] },
        );
        return made;
    });
    new Patching(
        "patching",
        { ...layerArgs(spec, "patching"), clusterName, patching: machines.patching },
        opts,
    );
    return { data, instances: Object.assign({}, ...instances) as (typeof instances)[number] };
}

type Services = ReturnType<typeof buildServices>;

/** How the world and the cluster itself find the services: load balancers, domains, the firewall in front. */
function buildEntry(spec: CommcareClusterSpec, ground: Ground, services: Services, opts: Opts) {
    const { clusterName, plan, machines, network, firewall, records } = ground;
    const { data, instances } = services;
    const proxies = machinesWith(plan, "proxy").map(({ name }) => [name, instances[name]] as const);
    const entry = new PublicEntry(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            subnetIds: Object.values(network.publicSubnets),
            groupId: firewall.idOf("load-balancer"),
            proxies: Object.fromEntries(proxies) as Services["instances"],
            records,
        },
        opts,
    );
    const inner = new InnerBalancers(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            subnetIds: Object.values(network.innerSubnets),
            balancers: plan.balancers,
            firewall,
            instances,
        },
        opts,
    );
    const domain = new SiteDomain(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            clusterName,
            dns: spec.platform.aws.dns,
            domain: spec.workload.commcare.domain,
            balancer: entry.balancer,
        },
        opts,
    );
    if (domain.proven !== undefined) entry.listen(domain.proven);
    const aliases = { ...addressesOf(spec, data), ...inner.addresses };
    new PrivateZone(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            clusterName,
            vpcId: network.vpcId,
            hosts: Object.fromEntries(
                Object.entries(instances).map(([name, { privateIp }]) => [name, privateIp]),
            ),
            aliases,
        },
        opts,
    );
    const webFirewall = new WebFirewall(
        "threat-response",
        {
            ...layerArgs(spec, "threat-response"),
            clusterName,
            balancerArn: entry.balancer.arn,
            logRetentionDays: machines.logRetentionDays,
        },
        opts,
    );
    return { entry, domain, webFirewall };
}

/** Endpoints of what is no machine, by the name that it gets in the private zone. */
function addressesOf(
    { workload: { plan } }: CommcareClusterSpec,
    data: DataServices,
): Record<string, pulumi.Output<string>> {
    const databases = plan.postgresql.flatMap(({ name }, at) => {
        const address = data.postgresql[at]?.address;
        return address === undefined ? [] : [[name, address] as const];
    });
    return {
        ...Object.fromEntries(databases),
        ...(data.redis && { [dataNames.redis]: data.redis.primaryEndpointAddress }),
        ...(data.redisBroker && {
            [dataNames.redisBroker]: data.redisBroker.primaryEndpointAddress,
        }),
        ...(data.sharedDirectory && { [dataNames.sharedDirectory]: data.sharedDirectory.dnsName }),
    };
}

/** Copies, detectors, records, and who is told of what. */
function watch(
    spec: CommcareClusterSpec,
    detector: DetectorPlan,
    built: Ground & Services & ReturnType<typeof buildEntry>,
    opts: Opts,
): Alerts {
    const { clusterName, place, plan, machines, network, records } = built;
    const backups = new Backups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            clusterName,
            place,
            backups: spec.platform.aws.backups,
            tested: ["EBS", "RDS", "EFS"],
        },
        opts,
    );
    const detection = layerArgs(spec, "intrusion-detection");
    new ThreatDetection(
        "intrusion-detection",
        { ...detection, clusterName, plan: detector, reads: readsOfMachines },
        opts,
    );
    new AccountRecords(
        "intrusion-detection",
        {
            ...detection,
            clusterName,
            place,
            records,
            trail: machines.trail,
            config: machines.config,
        },
        opts,
    );
    const { entry, domain, webFirewall } = built;
    return new Alerts(
        "service-monitoring",
        {
            ...layerArgs(spec, "service-monitoring"),
            clusterName,
            place,
            matrix: spec.matrix,
            alarms: [
                ...Object.entries(network.natGateways).map(([zone, { id }]) => natAlarm(zone, id)),
                ...plan.machines.flatMap((each) => {
                    const instance = built.instances[each.name];
                    return instance === undefined
                        ? []
                        : machineAlarms(each.name, machineLayer(each), instance, place);
                }),
                ...dataAlarms(built.data),
                ...entryAlarms(entry, domain, webFirewall, place.region),
            ],
            notices: [
                ...patchNotices(clusterName),
                failedBackups(clusterName, backups.vault.name),
                failedRestores(clusterName, backups.role.arn),
                ...(detector.kind === "skipped"
                    ? []
                    : [findings(clusterName, "intrusion-detection")]),
                ...(machines.config === "skip" ? [] : [unownedNotice(clusterName)]),
            ],
        },
        opts,
    );
}

/** A budget for whoever pays for the hosting, where the stack file names a figure. */
function buildBudgets(spec: CommcareClusterSpec, alerts: Alerts, opts: Opts): void {
    const budgets = partyBudgets(spec.matrix, [], spec.budgets);
    if (budgets.length === 0) return;
    const layer = payingLayer.commcare;
    const args = { ...layerArgs(spec, layer), clusterName: spec.name, budgets };
    const topicOf = ({ owner }: (typeof budgets)[number]["payer"]) => alerts.topicOf(owner).arn;
    new Account(layer, { ...args, topicOf }, opts);
}

function roleOf({ matrix }: CommcareClusterSpec, layer: string): string {
    return ownerOf(matrix, layer)?.role ?? "";
}

/** What is said of the threat detector after a deploy. */
function wordDetection(plan: DetectorPlan): string {
    switch (plan.kind) {
        case "own":
            return "of this cluster; it outlives the cluster";
        case "skipped":
            return "left alone, as the stack file says: no finding reaches anybody from here";
        case "adopted":
            return `adopted: ${wordDetector(plan.detector)} is used as it is`;
    }
}
