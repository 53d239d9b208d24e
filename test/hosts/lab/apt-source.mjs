import { run } from "./run.mjs";

/**
 * Where this machine has its own packages from, as lines of a sources.list: the hosts take theirs from there.
 *
 * @returns undefined where the machine has no apt, or one that names no archive by HTTP.
 */
export async function aptSource() {
    let listed;
    try {
        const format = "$(SITE) $(RELEASE) $(COMPONENT)";
        listed = await run("apt-get", "indextargets", "--format", format, "Created-By: Packages");
    } catch {
        return undefined;
    }
    const targets = [...new Set(listed.trim().split("\n"))]
        .map((line) => line.split(" "))
        .filter(([site, , component]) => /^https?:/.test(site ?? "") && component === "main");
    const [first] = targets;
    if (first === undefined) return undefined;
    const sites = new Map(targets.map(([site]) => [new URL(site).host, new URL(site).protocol]));
    return {
        suite: first[1],
        // By plain HTTP to the cache, which speaks to each archive as the machine does.
        lines: targets.map(
            ([site, release]) => `deb ${site.replace(/^https:/, "http:")} ${release} main`,
        ),
        sites: [...sites].map(([host, protocol]) => `${protocol}//${host}`),
    };
}
