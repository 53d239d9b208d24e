/** What a hub's machines are for; each kind has node groups of its own for every hub that uses it. */
export const machineKinds = ["user", "gpu", "dask", "build"] as const;

export type MachineKind = (typeof machineKinds)[number];

/** The label of a node that runs one hub's pods only, and in a hub's pods the selector for it. */
export const hubLabel = "steward/hub";

/** What a hub's chart looks for on nodes: `core` or `user`. */
export const hubPurposeLabel = "hub.jupyter.org/node-purpose";

/** What a Dask gateway's chart looks for on nodes: `core`, `scheduler` or `worker`. */
export const daskPurposeLabel = "k8s.dask.org/node-purpose";

/** The taint of machines that build images: only builds tolerate it, since a build is what a stranger wrote. */
export const buildTaint = { key: "steward/dedicated", value: "build" } as const;

/** The tag that says what a machine is for; whose it is stands beside it under `hub`, as on a hub's own layers. */
export const purposeTag = "node-purpose";

/** The purpose of a machine that all hubs share, as its tag has it. */
export const sharedPurpose = "core";
