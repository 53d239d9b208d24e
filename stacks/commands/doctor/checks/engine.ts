import { tmpdir } from "node:os";
import { askProgram, executablesOnPath } from "../../../../rehearsal/engine/executable";
import { officialInstaller } from "../../../../rehearsal/engine/installer";
import { isAtLeast, parseVersion } from "../../../../rehearsal/engine/version";
import type { MachineCheck } from "../check";
import { engineHere } from "../engine-here";

/** Go fetches the newer Go that the engine needs by itself from this version on. https://go.dev/doc/toolchain */
const oldestGo = [1, 21, 0] as const;
/** Milliseconds. */
const answerWithin = 4_000;

/** Looks for the engine and for a way of having one. Installs and builds nothing. */
export function engineCheck(installerUrl: string = officialInstaller): MachineCheck {
    const id = "engine";
    return {
        id,
        title: "Pulumi engine",
        needs: "nothing",
        async run({ env, offline }) {
            const { found, refused } = await engineHere(env);
            if (found !== undefined) {
                const message = `Pulumi ${found.version}, ${found.path}`;
                return [{ id, status: "ok", message }];
            }
            const why = refused.length === 0 ? "Pulumi is not here" : refused.join(", ");
            const install = "install Pulumi from https://www.pulumi.com/docs/install/";
            const go = await goVersion(env);
            if (go !== undefined && isAtLeast(go, oldestGo)) {
                const message = `${why}, Go ${go.join(".")} is`;
                const fix = `the first run installs or builds it, some minutes; or ${install}`;
                return [{ id, status: "warning", message, fix }];
            }
            if (!offline && (await answers(installerUrl))) {
                const fix = `the first run installs it; or ${install}`;
                return [{ id, status: "warning", message: `${why}, its installer is`, fix }];
            }
            const message = `${why}, nor is Go 1.21 or newer to build it`;
            return [
                {
                    id,
                    status: "lacking",
                    message,
                    fix: `${install} or Go from https://go.dev/doc/install`,
                },
            ];
        },
    };
}

async function goVersion(env: NodeJS.ProcessEnv) {
    const [go] = executablesOnPath("go", env);
    if (go === undefined) return undefined;
    // Asked outside any module, which could make Go fetch another version of itself.
    const local = { ...env, GOTOOLCHAIN: "local" };
    return parseVersion(
        await askProgram(go, ["env", "GOVERSION"], local, tmpdir()).catch(() => ""),
    );
}

async function answers(url: string): Promise<boolean> {
    const signal = AbortSignal.timeout(answerWithin);
    return fetch(url, { method: "HEAD", signal }).then(
        ({ ok }) => ok,
        () => false,
    );
}
