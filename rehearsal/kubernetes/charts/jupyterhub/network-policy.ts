import type { KubernetesObject } from "../../../helm/object";
import type { Props, Value } from "../../../provider/values";
import type { HubRelease } from "./release";

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

const block = (cidr: string) => ({ ipBlock: { cidr } });

/** What a policy of the chart lets through beside what every one does. */
export interface Openings {
    /** Ports by the pods that may reach them: pods with the label `hub.jupyter.org/network-access-<key>`. */
    readonly ingress: Readonly<Record<string, readonly (string | number)[]>>;
    /** Component and its ports. */
    readonly egress: readonly (readonly [string, ...number[]])[];
}

/** A NetworkPolicy around the pods of a component, unless the values at `path` turn it off. */
export function networkPolicy(
    release: HubRelease,
    name: string,
    selected: string,
    path: string,
    openings: Openings,
): KubernetesObject[] {
    const { values } = release;
    if (!values.isOn(`${path}.enabled`)) return [];
    const open = values.list(`${path}.allowedIngressPorts`);
    const spec = {
        podSelector: { matchLabels: release.selector(selected) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
            ...(open.length === 0 ? [] : [{ ports: open.map((port) => ({ port })) }]),
            ...Object.entries(openings.ingress).map(([access, ports]) => ({
                ports: ports.map((port) => ({ port })),
                from: sources(access, values.text(`${path}.interNamespaceAccessLabels`)),
            })),
            ...values.list(`${path}.ingress`),
        ],
        egress: [
            ...openings.egress.map(([component, ...ports]) => ({
                to: [{ podSelector: { matchLabels: release.selector(component) } }],
                ports: ports.map((port) => ({ port })),
            })),
            ...egressRules(release, path),
            ...values.list(`${path}.egress`),
        ],
    };
    return [
        release.object("networking.k8s.io/v1", "NetworkPolicy", release.named(name), name, {
            spec,
        }),
    ];
}

/** Pods with the access label, and with `accept` also those of other namespaces. */
function sources(access: string, otherNamespaces: string): Props[] {
    const matchLabels = { [`hub.jupyter.org/network-access-${access}`]: "true" };
    if (otherNamespaces !== "accept") return [{ podSelector: { matchLabels } }];
    return [
        { podSelector: { matchLabels }, namespaceSelector: { matchLabels: {} } },
        { namespaceSelector: { matchLabels } },
    ];
}

/** The ways out that `egressAllowRules` turns on; all of them are on unless said otherwise. */
function egressRules({ values }: HubRelease, path: string): Props[] {
    const allows = (rule: string) =>
        (values.at(`${path}.egressAllowRules.${rule}`) ?? true) === true;
    const metadata = block(`${values.text("singleuser.cloudMetadata.ip")}/32`);
    const within: Props[] = privateRanges.map(block);
    const names: Value[] = [
        ...(allows("dnsPortsCloudMetadataServer") ? [metadata] : []),
        ...(allows("dnsPortsKubeSystemNamespace")
            ? [
                  {
                      namespaceSelector: {
                          matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
                      },
                  },
              ]
            : []),
        ...(allows("dnsPortsPrivateIPs") ? within : []),
    ];
    const ports = ["UDP", "TCP"].map((protocol) => ({ port: 53, protocol }));
    const outside = {
        ipBlock: { cidr: "0.0.0.0/0", except: [...privateRanges, metadata.ipBlock.cidr] },
    };
    return [
        ...(names.length === 0 ? [] : [{ ports, to: names }]),
        ...(allows("nonPrivateIPs") ? [{ to: [outside] }] : []),
        ...(allows("privateIPs") ? [{ to: within }] : []),
        ...(allows("cloudMetadataServer") ? [{ to: [metadata] }] : []),
    ];
}
