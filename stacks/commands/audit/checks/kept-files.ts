import { createHash } from "node:crypto";
import { ownerPaths } from "../../../../components/platforms/vms/owner-file";
import { quote } from "../../../../components/platforms/vms/shell";
import type { Check } from "../check";
import { linesOf, mendByUp } from "../check";

const digest = (content: string) => createHash("sha256").update(content).digest("hex");

/** The files that Steward keeps, by their SHA-256, and who may read and write them. */
export const keptFiles: Check = {
    id: "kept-files",
    layer: "operating-system",
    asRoot: true, // one of them says who may do everything, and only root reads it
    ask({ files }) {
        const paths = files.map(({ path }) => quote(path)).join(" ");
        return `{ stat -c '%a:%U:%G %n' ${paths}; sha256sum ${paths}; } 2>/dev/null || true`;
    },
    judge(said, wanted) {
        const found = new Map<string, string[]>();
        for (const line of linesOf(said)) {
            const [, word = "", path = ""] = /^(\S+) +(.+)$/.exec(line) ?? [];
            found.set(path, [...(found.get(path) ?? []), word]);
        }
        return wanted.files.flatMap(({ layer, path, content, mode }) => {
            const fix = mendByUp(wanted);
            const [access, hash] = found.get(path) ?? [];
            const should = "as the stack file has it";
            if (access === undefined) return [{ layer, is: `${path} is not there`, should, fix }];
            const rights = `${mode}:root:root`;
            return [
                // Of the owners another check says who differs.
                ...(hash === digest(content) || path === ownerPaths.json
                    ? []
                    : [{ layer, is: `${path} has other content`, should, fix }]),
                ...(access === rights
                    ? []
                    : [{ layer, is: `${path} is ${access}`, should: rights, fix }]),
            ];
        });
    },
};
