import { createHash } from "node:crypto";
import { noted } from "../../../../components/platforms/vms/noted-files";
import { ownerPaths } from "../../../../components/platforms/vms/owner-file";
import { quote } from "../../../../components/platforms/vms/shell";
import type { Check } from "../check";
import { linesOf, mendByUp } from "../check";

const digest = (content: string) => createHash("sha256").update(content).digest("hex");

/** What a file has to be: by the stack file, or where that does not tell, by what the last `up` noted on the host. */
interface Due {
    readonly layer: string;
    readonly path: string;
    readonly mode: string;
    readonly hash: string;
    readonly should: string;
}

/** Every file that Steward keeps, by its SHA-256, and who may read and write it. */
export const keptFiles: Check = {
    id: "kept-files",
    layer: "operating-system",
    asRoot: true, // some of them only root reads
    ask({ files }) {
        const paths = files.map(({ path }) => quote(path)).join(" ");
        return `
[ ! -d ${noted} ] || cd ${noted}
all() { { printf '%s\\n' ${paths}; [ ! -d ${noted} ] || find . -type f | cut -c 2-; } | sort -u | tr '\\n' '\\0'; }
all | xargs -0 stat -c 'access %a:%U:%G %n' 2>/dev/null || true
all | xargs -0 sha256sum 2>/dev/null | sed 's/^/hash /' || true
[ ! -d ${noted} ] || find . -type f -exec grep -H . {} + | sed 's/^\\./noted /' || true`;
    },
    judge(said, wanted) {
        const words = (kind: string) =>
            linesOf(said).flatMap((line) =>
                line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : [],
            );
        const byPath = (kind: string) =>
            new Map(
                words(kind).map((line) => {
                    const [, word = "", path = ""] = /^(\S+) +(.+)$/.exec(line) ?? [];
                    return [path, word] as const;
                }),
            );
        const [access, hashes] = [byPath("access"), byPath("hash")];
        const asked = wanted.files.map(({ layer, path, content, mode }): Due => {
            return { layer, path, mode, hash: digest(content), should: "as the stack file has it" };
        });
        const others = words("noted")
            .map((line): Due => {
                const [, path = "", mode = "", hash = "", layer = ""] =
                    /^(.+):(\d+) (\w+) (\S+)$/.exec(line) ?? [];
                return { layer, path, mode, hash, should: "as the last `up` wrote it" };
            })
            // In /etc/hosts others may have lines, and another check looks at ours.
            .filter(({ path }) => path !== "" && path !== "/etc/hosts")
            .filter(({ path }) => asked.every((each) => each.path !== path));
        return [...asked, ...others].flatMap(({ layer, path, mode, hash, should }) => {
            const fix = mendByUp(wanted);
            const rights = access.get(path);
            if (rights === undefined) return [{ layer, is: `${path} is not there`, should, fix }];
            const due = `${mode}:root:root`;
            return [
                // Of the owners another check says who differs.
                ...(hashes.get(path) === hash || path === ownerPaths.json
                    ? []
                    : [{ layer, is: `${path} has other content`, should, fix }]),
                ...(rights === due
                    ? []
                    : [{ layer, is: `${path} is ${rights}`, should: due, fix }]),
            ];
        });
    },
};
