import { parseSpec } from "../../../../components/model/spec";
import { wordProblem } from "../../../../components/model/problem";
import { geolabConfig } from "../../../support/stack-file";

/** What the default stack's problems are with these domains. */
function problemsWith(dns: object): string[] {
    const config = geolabConfig();
    const aws = config["aws"] as object;
    return parseSpec({ ...config, aws: { ...aws, dns } }).problems.map(wordProblem);
}

it.each([
    ["nothing", {}],
    ["a zone that stands", { zone: "earthscope.cloud" }],
    ["the hub's own name as a zone", { zone: "geolab.earthscope.cloud" }],
    ["a zone to make", { create: "geolab.earthscope.cloud" }],
    ["one that is delegated", { create: "earthscope.cloud", delegated: true }],
])("takes %s", (_, dns) => {
    expect(problemsWith(dns)).toEqual([]);
});

it.each([
    [
        { zone: "earthscope.cloud", create: "earthscope.cloud" },
        "steward:aws.dns: names a zone that stands and one to make; keep zone or create, not both",
    ],
    [
        { zone: "earthscope.cloud", delegated: true },
        "steward:aws.dns.delegated: belongs to a zone that Steward makes; remove it, or write create",
    ],
    [
        { zone: "scope.cloud" },
        "steward:jupyterhub.hubs[0].domain: geolab.earthscope.cloud is not in scope.cloud, the zone of " +
            "steward:aws.dns; take a name below scope.cloud, or the zone of this domain",
    ],
    [
        { zone: "Earthscope.Cloud" },
        'steward:aws.dns.zone: "Earthscope.Cloud" is not a domain name; write it in lower case, such as hub.example.org',
    ],
])("refuses %j", (dns, problem) => {
    expect(problemsWith(dns)).toEqual([problem]);
});

it("keeps the namespaces of the way in from hubs", () => {
    const config = geolabConfig();
    const jupyterhub = config["jupyterhub"] as { hubs: object[] };
    const hubs = jupyterhub.hubs.map((hub) => ({ ...hub, name: "cert-manager" }));

    expect(
        parseSpec({ ...config, jupyterhub: { ...jupyterhub, hubs } }).problems.map(wordProblem),
    ).toEqual([
        "steward:jupyterhub.hubs[0].name: cert-manager is the namespace of the way in to all hubs; take " +
            "another name",
    ]);
});
