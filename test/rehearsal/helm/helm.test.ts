import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cachedPath } from "../../../rehearsal/engine/tool";
import { findHelm, helmTool, helmVersion } from "../../../rehearsal/helm/helm";
import { silentProgress } from "../../../rehearsal/progress";
import { answering, temporaryFolder } from "../engine/fakes";

const root = temporaryFolder();
let count = 0;

function surroundings() {
    const folder = join(root, String((count += 1)));
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    const cacheDir = join(folder, "cache");
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    return { bin, cacheDir, find: () => findHelm({ cacheDir, env, progress: silentProgress }) };
}

describe("findHelm", () => {
    it("takes the one on PATH", async () => {
        const { bin, find } = surroundings();
        const path = answering(join(bin, "helm"), "v3.14.2+gc309b6f");
        expect(await find()).toEqual({ path, version: "3.14.2", source: "path" });
    });

    it.each(["v2.17.0", "v3.7.2", "v4.0.1"])(
        "leaves %s for the one in the cache",
        async (answer) => {
            const { bin, cacheDir, find } = surroundings();
            answering(join(bin, "helm"), answer);
            const path = answering(cachedPath(helmTool(), cacheDir), `v${helmVersion}`);
            expect(await find()).toEqual({ path, version: helmVersion, source: "cache" });
        },
    );

    it("gives the reasons when there is none, and does not throw", async () => {
        const { bin, find } = surroundings();
        expect(await find()).toEqual({ missing: "helm is not on PATH; Go is not on PATH" });
        const path = answering(join(bin, "helm"), "v3.7.2");
        expect(await find()).toEqual({
            missing: `${path} is 3.7.2, taken is 3.x from 3.8.0 on; Go is not on PATH`,
        });
    });

    it("stamps the version of Kubernetes that its client library is of", () => {
        const { moduleFolder, stamps } = helmTool().program;
        const pins = readFileSync(join(moduleFolder, "go.mod"), "utf8");
        const minor = /k8s\.io\/client-go v0\.(\d+)\./.exec(pins)?.[1];
        expect(pins).toContain(`helm.sh/helm/v3 v${helmVersion}`);
        expect(stamps["helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor"]).toBe(minor);
        expect(stamps["helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor"]).toBe(minor);
    });
});
