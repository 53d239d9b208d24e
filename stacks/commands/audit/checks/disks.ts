import type { Check } from "../check";
import { linesOf } from "../check";

/** Percent, of space and of files; the alarms of machines on a cloud say the same. */
const full = 80;

/** How full the disks are; what lies in memory, over another disk, or cannot be written is none. */
export const disks: Check = {
    id: "disks",
    layer: "operating-system",
    ask: () =>
        "df --local --output=pcent,ipcent,target -x tmpfs -x devtmpfs -x overlay -x squashfs -x efivarfs | tail -n +2",
    judge(said, { dataMounts }) {
        return linesOf(said).flatMap((line) => {
            const [, space, files, mount = ""] = /^ *(\S+) +(\S+) +(.+)$/.exec(line) ?? [];
            const percents = [
                ["full", parseInt(space ?? "", 10)],
                ["out of files", parseInt(files ?? "", 10)],
            ] as const;
            return percents
                .filter(([, percent]) => percent >= full)
                .map(([word, percent]) => ({
                    layer: dataMounts[mount] ?? disks.layer,
                    is: `${mount} is ${String(percent)} % ${word}`,
                    should: `less than ${String(full)} %`,
                    fix: "make room, or ask whoever answers for hosting for a larger disk",
                }));
        });
    },
};
