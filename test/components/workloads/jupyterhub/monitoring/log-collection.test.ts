import { logCollection } from "../../../../../components/workloads/jupyterhub/monitoring/log-collection";
import { watchedSpec } from "./watched";

const place = (where: string) => ({ name: "stdout", where });
const places = {
    hubs: Object.fromEntries(["prod", "staging", "binder"].map((hub) => [hub, place(hub)])),
    cluster: place("cluster"),
};

/** `*` of a path, as the shell has it. */
const glob = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);

/** Where the log of a container goes, each place once. */
function placesOf(spec: ReturnType<typeof watchedSpec>, file: string): string[] {
    const { inputs, outputs } = logCollection(spec, places).pipeline;
    const path = `/var/log/containers/${file}-${"a".repeat(64)}.log`;
    const [, pod = "", namespace = "", container = ""] =
        new RegExp(inputs[0]?.tag_regex ?? "").exec(path) ?? [];
    return inputs
        .filter((input) => input.path.split(",").some((each) => glob(each).test(path)))
        .filter(
            (input) =>
                !(input.exclude_path ?? "-").split(",").some((each) => glob(each).test(path)),
        )
        .flatMap(({ tag }) => {
            const tagged = tag
                .replace("<namespace>", namespace)
                .replace("<pod>", pod)
                .replace("<container>", container);
            return outputs.filter(({ match }) => glob(match).test(tagged));
        })
        .map((output) => (output as unknown as { where: string }).where);
}

const spec = watchedSpec();

describe("the logs of three hubs", () => {
    it.each([
        ["hub-6d5f_prod_hub", ["prod"]],
        ["proxy-77_staging_chp", ["staging"]],
        ["home-nfs-5c9_prod-homes_nfs-server", ["prod"]],
        ["coredns-1_kube-system_coredns", ["cluster"]],
        ["gateway-traefik-1_gateway_gateway-traefik", ["cluster"]],
        ["prometheus-server-0_monitoring_prometheus-server", ["cluster"]],
    ])("%s goes to %j", (file, expected) => {
        expect(placesOf(spec, file)).toEqual(expected);
    });

    it("leave out what users' servers write, and what a community adds there", () => {
        expect(placesOf(spec, "jupyter-ada_prod_notebook")).toEqual([]);
        expect(placesOf(spec, "dask-worker-1_prod_dask-worker")).toEqual([]);
    });

    it("have it where the stack file says so, with the hub's own", () => {
        const wanted = watchedSpec((config) => {
            const section = config["jupyterhub"] as Record<string, unknown>;
            section["monitoring"] = { logs: { userServers: true } };
        });
        expect(placesOf(wanted, "jupyter-ada_prod_notebook")).toEqual(["prod"]);
    });

    it("remember each source apart from the others", () => {
        const files = logCollection(spec, places).pipeline.inputs.map(({ db }) => db);
        expect(new Set(files).size).toBe(4);
    });
});
