import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { diskOf, folderOf } from "./places.mjs";
import { run, succeeds, until } from "./run.mjs";

/** What a host has that the base image has not. */
const layerOf = (name) => join(folderOf(name), "layer");

const isMounted = (folder) => succeeds("mountpoint", "--quiet", folder);

/** What a disk in this machine's memory may take of it, and how many files it has room for. */
const whole = "size=2g,nr_inodes=400k";

/** Has a host's disk in its place: an image, and over it what the host writes. */
export async function mountDisk(name, image) {
    const [disk, layer] = [diskOf(name), layerOf(name)];
    const [upper, work] = [join(layer, "upper"), join(layer, "work")];
    for (const each of [disk, upper, work]) mkdirSync(each, { recursive: true });
    if (await isMounted(disk)) return;
    const over = `lowerdir=${image},upperdir=${upper},workdir=${work}`;
    await run("mount", "-t", "overlay", `steward-${name}`, "-o", over, disk);
}

/** Before a host has its disk: what it writes goes to this machine's memory, whose room can be changed. */
export async function keepInMemory(name) {
    mkdirSync(layerOf(name), { recursive: true });
    await run("mount", "-t", "tmpfs", "-o", `${whole},mode=755`, "tmpfs", layerOf(name));
}

export async function unmountDisk(name) {
    for (const each of [diskOf(name), layerOf(name)]) {
        await until(`the disk of ${name} is free`, 10, async () => {
            await succeeds("umount", each);
            return !(await isMounted(each));
        });
    }
}

/** Leaves a host that is kept in memory no more room than so many MiB. */
export async function fill(name, spare) {
    const layer = await layerInMemory(name);
    const [, used] = (await run("df", "--block-size=1K", "--output=used", layer)).split("\n");
    await run("mount", "-o", `remount,size=${Number(used) + spare * 1024}k`, layer);
}

/** Leaves it room for no more than so many files. */
export async function crowd(name, spare) {
    const layer = await layerInMemory(name);
    const [, used] = (await run("df", "--output=iused", layer)).split("\n");
    await run("mount", "-o", `remount,nr_inodes=${Number(used) + spare}`, layer);
}

export const empty = (name) => run("mount", "-o", `remount,${whole}`, layerOf(name));

async function layerInMemory(name) {
    const layer = layerOf(name);
    if (await isMounted(layer)) return layer;
    throw new Error(`${name}: its disk has no limit; make it \`small\` first`);
}
