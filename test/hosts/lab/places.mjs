import { homedir } from "node:os";
import { join } from "node:path";

const { HOME = homedir(), STEWARD_CACHE, XDG_CACHE_HOME, XDG_STATE_HOME } = process.env;

/** What outlives a laboratory: the base image and the packages. Outside the checkout. */
export const cache = join(
    STEWARD_CACHE ?? join(XDG_CACHE_HOME ?? join(HOME, ".cache"), "steward"),
    "hosts",
);

/** What ends with it: disks, keys, the inventory. */
export const state = join(XDG_STATE_HOME ?? join(HOME, ".local", "state"), "steward-hosts");

/** Also the name of the bridge, and the beginning of every other name on this machine. */
export const prefix = "steward";

export const bridge = `${prefix}0`;

const v4 = "10.213.77";
const v6 = "fd73:7465:7761:7264";

/** Of the machine itself, on the bridge. */
export const gateway = { v4: `${v4}.1`, v6: `${v6}::1` };
export const networks = { v4: `${v4}.0/24`, v6: `${v6}::/64` };

/** Most hosts that one laboratory has. */
export const mostHosts = 20;

/** The addresses of the nth host, from 1. */
export const addressesOf = (nth) => {
    return { v4: `${v4}.${10 + nth}`, v6: `${v6}::${10 + nth}` };
};

export const nameOf = (nth) => `vm${nth}`;
export const numberOf = (name) => Number(name.replace(/^vm/, ""));

/** The folder of one host. */
export const folderOf = (name) => join(state, "hosts", name);
/** Its disk, as the machine sees it. */
export const diskOf = (name) => join(folderOf(name), "root");
