import { k3sPaths } from "../../../../components/platforms/vms/k3s/settings";
import type { Check, Drift } from "../check";
import { linesOf, mendByUp } from "../check";
import type { WantedNode } from "../wanted";

const program = "/usr/local/bin/k3s";
const kubectl = `${program} kubectl --kubeconfig ${k3sPaths.kubeconfig} --request-timeout 10s`;
const ready = '{.status.conditions[?(@.type=="Ready")].status}';

/** k3s on a host: the program of the release, and on the first server whether all nodes are there and ready. */
export const kubernetes: Check = {
    id: "kubernetes",
    layer: "control-plane",
    asRoot: true, // the kubeconfig is root's alone
    ask: ({ k3s }) =>
        k3s === undefined
            ? ":"
            : `
printf 'binary '; sha256sum ${program} 2>/dev/null || echo none
${k3s.nodes === undefined ? "" : nodes}`,
    judge(said, wanted) {
        const { k3s } = wanted;
        if (k3s === undefined) return [];
        const [, hash] = /^binary (\S+)/m.exec(said) ?? [];
        if (hash === "none") {
            const should = `that of ${k3s.version}`;
            const is = `${program} is not there`;
            return [{ layer: k3s.layer, is, should, fix: mendByUp(wanted) }];
        }
        return [
            ...(hash === k3s.binary
                ? []
                : [
                      {
                          layer: k3s.layer,
                          is: `${program} is another file than that of the stack file's release`,
                          should: `that of ${k3s.version}, whose SHA-256 is ${k3s.binary}`,
                          fix: `look for who put it there; then ${mendByUp(wanted)}`,
                      },
                  ]),
            ...(k3s.nodes === undefined ? [] : ofNodes(said, k3s, k3s.nodes)),
        ];
    },
};

const nodes = `
if access=$(stat -c '%a %U' ${k3sPaths.kubeconfig} 2>/dev/null); then echo "kubeconfig $access"; fi
if said=$(${kubectl} get nodes --output 'jsonpath={range .items[*]}node {.metadata.name} ${ready}{"\n"}{end}'); then
    printf '%s\n' "$said"
else
    echo silent
fi`;

/** What the API of Kubernetes says of the nodes, and who may ask it as its administrator. */
function ofNodes(
    said: string,
    { layer }: WantedNode,
    wanted: NonNullable<WantedNode["nodes"]>,
): Drift[] {
    const lines = linesOf(said);
    const access = lines.find((line) => line.startsWith("kubeconfig "))?.slice(11) ?? "600 root";
    const opened: Drift[] =
        access === "600 root"
            ? []
            : [
                  {
                      layer,
                      is: `${k3sPaths.kubeconfig} is ${access}`,
                      should: "600 root: whoever reads it may do everything in Kubernetes",
                      fix: `run \`chown root: ${k3sPaths.kubeconfig}; chmod 600 ${k3sPaths.kubeconfig}\` on the host`,
                  },
              ];
    if (lines.includes("silent")) {
        const is = "the API of Kubernetes does not answer";
        const fix = "read `journalctl --unit k3s` on the host";
        return [...opened, { layer, is, should: "every node is ready", fix }];
    }
    const found = new Map(
        lines.flatMap((line) => {
            const [kind, name = "", state = ""] = line.split(" ");
            return kind === "node" ? [[name, state] as const] : [];
        }),
    );
    const strange = [...found.keys()].filter((name) => !Object.hasOwn(wanted, name));
    return [
        ...opened,
        ...Object.entries(wanted).flatMap(([name, of]): Drift[] => {
            const state = found.get(name);
            if (state === "True") return [];
            const is = state === undefined ? "is no node of the cluster" : "is not ready";
            const fix = `read \`journalctl --unit 'k3s*'\` on ${name}`;
            return [{ layer: of, is: `${name} ${is}`, should: "a node that is ready", fix }];
        }),
        ...strange.map((name) => ({
            layer,
            is: `${name} is a node, and no host of the stack file`,
            should: "the hosts of the stack file alone",
            fix: `run \`k3s kubectl drain ${name}\` and \`k3s kubectl delete node ${name}\` on the host, or name it in steward:vms.hosts`,
        })),
    ];
}
