import { hqMachines } from "./app-services";
import type { Service } from "./service";
import { support } from "./support";

/** Search nodes are of one kind, or of three: then HQ asks the coordinators only. */
const elasticsearch = {
    homes: ["machine"],
    version: "6.8.23",
    layer: "data-services",
    support: support.elasticsearch,
} as const;

const searchNodes = [
    "elasticsearch",
    "elasticsearch-master",
    "elasticsearch-data",
    "elasticsearch-coordinator",
] as const;

const transport = {
    port: 9300,
    protocol: "tcp",
    from: searchNodes,
    carries: "search nodes to one another",
} as const;

const searchHttp = { port: 9200, protocol: "tcp", from: hqMachines, carries: "searches" } as const;

const searchData = {
    path: "/opt/data/elasticsearch-6.8.23",
    what: "Search indices; made anew from PostgreSQL and CouchDB, which takes days on a large cluster",
    backup: "snapshots of the index to object storage (backup_es_s3)",
} as const;

/**
 * The four ways in which a search node can stand.
 *
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/6.8/modules-node.html
 */
export const searchServices = {
    elasticsearch: {
        ...elasticsearch,
        title: "Elasticsearch",
        named: "Elasticsearch",
        groups: ["elasticsearch"],
        ports: [searchHttp, transport],
        data: searchData,
    },
    "elasticsearch-master": {
        ...elasticsearch,
        title: "Elasticsearch, nodes that elect a master",
        groups: ["es_master"],
        ports: [transport],
        data: null,
    },
    "elasticsearch-data": {
        ...elasticsearch,
        title: "Elasticsearch, nodes that keep data",
        groups: ["es_data"],
        ports: [transport],
        data: searchData,
    },
    "elasticsearch-coordinator": {
        ...elasticsearch,
        title: "Elasticsearch, nodes that are asked",
        groups: ["es_coordinator"],
        ports: [searchHttp, transport],
        data: null,
    },
} as const satisfies Readonly<Record<string, Service>>;
