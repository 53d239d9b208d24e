import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { watch } from "../../../../../components/platforms/vms/monitoring/watch";
import { remoteHost } from "../../../../../components/platforms/vms/remote-host";
import { settled } from "../../../../support/record-resources";
import { textIn, vmsSpec } from "../vms";

// In which order configuration comes to the watching host, and that a promtool of each release can be asked about it:
// Ubuntu 22.04 has 2.31. What the tools say of the configuration itself is in tools.test.ts.

/** Whether the rules stood when Prometheus's configuration was begun, and the command that brings that. */
async function scrapesOf(): Promise<{ afterRules: boolean; create: string }> {
    let rulesStand = false;
    let found = { afterRules: false, create: "" };
    await pulumi.runtime.setMocks({
        newResource: async ({ name, inputs }) => {
            if (name === "watch-rules") {
                await sleep(100);
                rulesStand = true;
            }
            if (name === "watch-scrapes") {
                found = {
                    afterRules: rulesStand,
                    create: textIn(inputs as Record<string, unknown>, "create"),
                };
            }
            return { id: `${name}-id`, state: inputs as object };
        },
        call: () => ({}),
    });
    const spec = vmsSpec();
    const host = remoteHost("proxy-a1", spec.platform.vms, undefined);
    const parent = new pulumi.ComponentResource("test:index:Layer", "watch");
    watch("watch", host, spec, pulumi.output("{}"), { parent });
    await settled();
    return found;
}

/** A promtool of 2.31, as far as it is asked: what it does not know it refuses, and so it does rules that are not there. */
const promtool = `#!/bin/sh
for word; do
    case "$word" in --*) echo "promtool: error: unknown long flag '$word', try --help"; exit 1 ;; esac
done
[ "$1 $2" = 'check config' ] && grep -q '"scrape_configs"' "$3"
`;

it("comes after the rules, which its check reads", async () => {
    expect((await scrapesOf()).afterRules).toBe(true);
});

it("is asked in words that an old promtool knows", async () => {
    const { create } = await scrapesOf();
    const [line = ""] = /^if command -v promtool .*$/m.exec(create) ?? [];
    const folder = mkdtempSync(join(tmpdir(), "steward-watch-"));
    const told = (config: string) => {
        writeFileSync(join(folder, "prometheus.yml"), config);
        const env = { PATH: `${folder}:/usr/bin:/bin`, new: join(folder, "prometheus.yml") };
        return spawnSync("sh", ["-eu", "-c", line], { env, encoding: "utf8" });
    };
    try {
        writeFileSync(join(folder, "promtool"), promtool, { mode: 0o755 });
        expect(told('{ "scrape_configs": [] }')).toMatchObject({ status: 0, stderr: "" });
        expect(told("{}").status).toBe(1);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
});
