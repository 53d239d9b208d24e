import type { KubernetesObject } from "../../../helm/object";
import { textAt } from "../../path";
import { fileContents } from "./hub";
import { networkPolicy } from "./network-policy";
import type { HubRelease } from "./release";

/** What stands around the servers of users: their policy, their files and the way in. */
export function frontObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const files = values.map("singleuser.extraFiles");
    return [
        ...networkPolicy(release, "singleuser", "singleuser-server", "singleuser.networkPolicy", {
            ingress: { singleuser: ["notebook-port"] },
            egress: [
                ["hub", 8081],
                ["proxy", 8000],
                ["autohttps", 8080, 8443],
            ],
        }),
        ...(Object.keys(files).length === 0
            ? []
            : [
                  release.object("v1", "Secret", release.named("singleuser"), "singleuser", {
                      type: "Opaque",
                      ...fileContents(files),
                  }),
              ]),
        ...(values.isOn("ingress.enabled") ? [ingress(release)] : []),
        ...(values.isOn("httpRoute.enabled") ? [httpRoute(release)] : []),
    ];
}

/** One name for both ways in; without a prefix it is that of the chart. */
function frontName(release: HubRelease): string {
    const own = release.values.text("fullnameOverride");
    return own === "" ? "jupyterhub" : own;
}

function ingress(release: HubRelease): KubernetesObject {
    const { values } = release;
    const path = {
        path: `${values.text("hub.baseUrl")}${values.text("ingress.pathSuffix")}`,
        pathType: values.text("ingress.pathType"),
        backend: { service: { name: release.named("proxy-public"), port: { name: "http" } } },
    };
    const paths = [path, ...values.list("ingress.extraPaths")];
    const hosts = values.list("ingress.hosts");
    const rules =
        hosts.length === 0
            ? [{ http: { paths } }]
            : hosts.map((host) => ({ host, http: { paths } }));
    const spec = {
        ...values.optional("ingressClassName", "ingress.ingressClassName"),
        rules,
        ...values.optional("tls", "ingress.tls"),
    };
    const annotations = values.map("ingress.annotations");
    const name = frontName(release);
    return release.object(
        "networking.k8s.io/v1",
        "Ingress",
        name,
        "ingress",
        { spec },
        annotations,
    );
}

function httpRoute(release: HubRelease): KubernetesObject {
    const { values } = release;
    const gateway = values.at("httpRoute.gateway");
    const namespace = textAt(gateway, "namespace") ?? "";
    const spec = {
        parentRefs: [
            {
                kind: "Gateway",
                name: textAt(gateway, "name") ?? "",
                ...(namespace === "" ? {} : { namespace }),
            },
        ],
        ...values.optional("hostnames", "httpRoute.hostnames"),
        rules: [{ backendRefs: [{ name: release.named("proxy-public"), port: 80 }] }],
    };
    const api = "gateway.networking.k8s.io/v1";
    const annotations = values.map("httpRoute.annotations");
    return release.object(api, "HTTPRoute", frontName(release), "httproute", { spec }, annotations);
}
