import { homedir } from "node:os";
import { join } from "node:path";

const {
    HOME = homedir(),
    STEWARD_CACHE,
    STEWARD_LABORATORY_NUMBER = "0",
    XDG_CACHE_HOME,
    XDG_STATE_HOME,
} = process.env;

/** Which laboratory of this machine, from 0 to 9: several may be up beside each other. */
const number = /^[0-9]$/.test(STEWARD_LABORATORY_NUMBER)
    ? Number(STEWARD_LABORATORY_NUMBER)
    : raise(`STEWARD_LABORATORY_NUMBER is ${STEWARD_LABORATORY_NUMBER}; give a digit`);

function raise(message) {
    throw new Error(message);
}

/** What outlives a laboratory: the base image and the packages. Outside the checkout. */
export const cache = join(
    STEWARD_CACHE ?? join(XDG_CACHE_HOME ?? join(HOME, ".cache"), "steward"),
    "hosts",
);

/** What ends with it: disks, keys, the inventory. */
export const state = join(
    XDG_STATE_HOME ?? join(HOME, ".local", "state"),
    `steward-hosts-${number}`,
);

/** The bridge's name, and the beginning of every other name on this machine. */
export const bridge = `steward${number}`;

const v4 = `10.213.${77 + number}`;
const v6 = `fd73:7465:7761:${(0x7264 + number).toString(16)}`;

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
