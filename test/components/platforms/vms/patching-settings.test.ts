import { patchingSettings } from "../../../../components/platforms/vms/patching-settings";

// What unattended-upgrades is told, read as it reads it. That it restarts a host by it, test/hosts/ shows.

const { content } = patchingSettings(
    { reboot: true, hourUtc: 2, minute: 0 },
    "operations@example.org",
);

/** Whether a package of an archive is installed on a release. */
function installs(release: string, archive: Readonly<Record<string, string>>): boolean {
    const [, list = ""] =
        /^Unattended-Upgrade::Origins-Pattern \{\n(.*?)^\};/ms.exec(content) ?? [];
    const patterns = [...list.matchAll(/"(.*)";/g)].map(([, pattern = ""]) => pattern);
    expect(patterns.length).toBeGreaterThan(0);
    return patterns.some((pattern) =>
        pattern
            .replaceAll("${distro_codename}", release)
            .split(",")
            .map((word) => word.split("="))
            .every(([key = "", value]) => archive[key] === value),
    );
}

describe("on Ubuntu", () => {
    const ubuntu = (archive: string) => ({ origin: "Ubuntu", label: "Ubuntu", archive });
    const archives = [
        ["security", ubuntu("jammy-security"), true],
        ["the release, for what a fix needs besides", ubuntu("jammy"), true],
        ["ESM", { origin: "UbuntuESM", archive: "jammy-infra-security" }, true],
        ["ESM of applications", { origin: "UbuntuESMApps", archive: "jammy-apps-security" }, true],
        ["updates", ubuntu("jammy-updates"), false],
        ["updates of ESM", { origin: "UbuntuESM", archive: "jammy-infra-updates" }, false],
        ["backports", ubuntu("jammy-backports"), false],
        ["another release", ubuntu("noble-security"), false],
        ["somebody else", { origin: "LP-PPA-some", label: "Some", archive: "jammy" }, false],
    ] as const;
    it.each(archives)("installs by itself from %s: %j %s", (_, archive, expected) => {
        expect(installs("jammy", archive)).toBe(expected);
    });
});

describe("on Debian", () => {
    const archives = [
        ["security", { codename: "bookworm-security", label: "Debian-Security" }, true],
        [
            "the release, which point releases change",
            { codename: "bookworm", label: "Debian" },
            false,
        ],
        ["updates", { codename: "bookworm-updates", label: "Debian" }, false],
    ] as const;
    it.each(archives)("installs by itself from %s: %j %s", (_, archive, expected) => {
        expect(installs("bookworm", { origin: "Debian", ...archive })).toBe(expected);
    });
});
