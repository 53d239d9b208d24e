import { nodesOf } from "../../../model/k3s-nodes";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import type { Inside } from "../../inside";
import { privateRanges } from "../../inside";

/**
 * Where k3s' own network policies see the API and the nodes: at the addresses of the hosts, which may be public ones,
 * and the API at 6443.
 *
 * @see https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes
 */
export function insideOf(vms: K3sVmsSpec): Inside {
    const at = (names: readonly string[]) =>
        names
            .flatMap((name) => vms.hosts[name]?.address ?? [])
            .map((address) => ({ ipBlock: { cidr: `${address}/32` } }));
    const { servers, agents } = nodesOf(vms);
    return {
        api: { to: at(servers), ports: [{ port: 6443, protocol: "TCP" }] },
        nodes: [...privateRanges, ...at([...servers, ...agents])],
    };
}
