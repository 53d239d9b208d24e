import { addressesOf, bridge, gateway, networks, numberOf } from "./places.mjs";
import { run, succeeds } from "./run.mjs";

const namespaceOf = (name) => `${bridge}-${name}`;
const cableOf = (name) => `${bridge}-${name}`;
export const namespacePath = (name) => `/run/netns/${namespaceOf(name)}`;

const ip = (...args) => run("ip", ...args);

/**
 * A switch that leads nowhere: hosts reach each other and this machine, which forwards nothing for them. The
 * unreachable routes stay when the laboratory is gone, so that what is sent to a host then never leaves the machine.
 */
export async function raiseNetwork() {
    await ip("route", "replace", "unreachable", networks.v4, "metric", "9999");
    await ip("-6", "route", "replace", "unreachable", networks.v6, "metric", "9999");
    if (!(await succeeds("ip", "link", "show", bridge))) {
        await ip("link", "add", bridge, "type", "bridge");
    }
    await ip("address", "replace", `${gateway.v4}/24`, "dev", bridge);
    await ip("-6", "address", "replace", `${gateway.v6}/64`, "dev", bridge, "nodad");
    await ip("link", "set", bridge, "up");
}

export async function dropNetwork() {
    await succeeds("ip", "link", "delete", bridge);
}

/** A namespace of its own for a host, with one cable to the switch. */
export async function plugIn(name) {
    const [namespace, cable] = [namespaceOf(name), cableOf(name)];
    if (await succeeds("ip", "-n", namespace, "link", "show", "eth0")) return;
    await unplug(name);
    const nth = numberOf(name);
    const { v4, v6 } = addressesOf(nth);
    await ip("netns", "add", namespace);
    await ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    // The same card after a reset: nobody waits for a neighbour that is gone.
    const card = `02:73:74:77:00:${nth.toString(16).padStart(2, "0")}`;
    const inside = ["-n", namespace];
    await ip(...inside, "link", "set", "eth0", "address", card);
    await ip("link", "set", cable, "master", bridge, "up");
    await ip(...inside, "address", "add", `${v4}/24`, "dev", "eth0");
    await ip(...inside, "-6", "address", "add", `${v6}/64`, "dev", "eth0", "nodad");
    await ip(...inside, "link", "set", "lo", "up");
    await ip(...inside, "link", "set", "eth0", "up");
}

/** A network card of a virtual machine, on the switch. */
export async function plugInMachine(name) {
    await unplug(name);
    await ip("tuntap", "add", "dev", cableOf(name), "mode", "tap");
    await ip("link", "set", cableOf(name), "master", bridge, "up");
    return cableOf(name);
}

export async function unplug(name) {
    await succeeds("ip", "netns", "delete", namespaceOf(name));
    await succeeds("ip", "link", "delete", cableOf(name));
}

/** Pulls the cable of a host, or puts it back. */
export const cut = (name) => ip("link", "set", cableOf(name), "down");
export const heal = (name) => ip("link", "set", cableOf(name), "up");

/** How many TCP connections a host has taken since it was plugged in: counted by its own kernel, seen from outside. */
export async function connectionsTaken(name) {
    const read = ["netns", "exec", namespaceOf(name), "cat", "/proc/net/snmp"];
    const [keys, values] = (await ip(...read))
        .split("\n")
        .filter((line) => line.startsWith("Tcp:"))
        .map((line) => line.split(" "));
    return Number(values[keys.indexOf("PassiveOpens")]);
}
