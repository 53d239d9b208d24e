import type { ClusterSpec } from "../../../model/spec";
import type { LogOutput } from "../../../platforms/monitoring-foundation";
import { homesNamespace } from "../names";
import { monitoringNames } from "./names";

export interface LogPlaces {
    readonly hubs: Readonly<Record<string, LogOutput>>;
    readonly cluster: LogOutput;
}

const folder = "/var/log/containers";

/** Where Fluent Bit remembers what it has read, and keeps what it could not send yet; outlives its pods. */
export const logState = "/var/lib/fluent-bit";

/** `<pod>_<namespace>_<container>-<id>.log`: what the kubelet calls the logs of a container; no name has a `_`. */
const logsOf = (namespace: string, pod = "*") => `${folder}/${pod}_${namespace}_*.log`;

const parts = "(?<pod>[^_/]+)_(?<namespace>[^_]+)_(?<container>.+)-[0-9a-f]{64}\\.log$";

/**
 * The pods of a hub whose logs are collected, by the start of their names: a list, so that what a community adds
 * there is not read before somebody decides it.
 */
const hubPods = ["hub-*", "proxy-*", "user-scheduler-*", "continuous-image-puller-*"];

interface Source {
    /** Goes before the name of each pod in what is written. */
    readonly tag: string;
    readonly paths: readonly string[];
    readonly except: readonly string[];
    readonly output: LogOutput;
}

function sourcesOf({ workload }: ClusterSpec, places: LogPlaces): Source[] {
    const { hubs, monitoring } = workload.jupyterhub;
    const pods = monitoring.logs.userServers ? [...hubPods, "jupyter-*"] : hubPods;
    const ofHubs = hubs.map(({ name }): Source => {
        const output = places.hubs[name];
        if (output === undefined) throw new Error(`the platform has no place for logs of ${name}`);
        const homes = logsOf(homesNamespace(name));
        return {
            tag: `hub.${name}`,
            paths: [...pods.map((pod) => logsOf(name, pod)), homes],
            except: [],
            output,
        };
    });
    const others: Source = {
        tag: "cluster",
        paths: [`${folder}/*.log`],
        except: hubs.flatMap(({ name }) => [logsOf(name), logsOf(homesNamespace(name))]),
        output: places.cluster,
    };
    return [...ofHubs, others];
}

/**
 * Fluent Bit's configuration: what containers write, each hub's to the hub's own place. Who wrote it stands in the
 * names of files, so that no right to ask the Kubernetes API is needed.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
 */
export function logCollection(spec: ClusterSpec, places: LogPlaces) {
    const sources = sourcesOf(spec, places);
    return {
        service: {
            flush: 5,
            log_level: "warn",
            http_server: "on",
            http_port: monitoringNames.ports.logs,
            health_check: "on",
            hot_reload: "on",
            "storage.path": `${logState}/buffer`,
        },
        pipeline: {
            inputs: sources.map(({ tag, paths, except }) => ({
                name: "tail",
                tag: `${tag}.<namespace>.<pod>.<container>`,
                tag_regex: parts,
                path: paths.join(","),
                ...(except.length === 0 ? {} : { exclude_path: except.join(",") }),
                "multiline.parser": "cri",
                db: `${logState}/${tag}.db`,
                refresh_interval: 15,
                skip_long_lines: "on",
                "storage.type": "filesystem",
            })),
            outputs: sources.map(({ tag, output }) => ({
                ...output,
                match: `${tag}.*`,
                retry_limit: 20,
                "storage.total_limit_size": "200M",
            })),
        },
    };
}
