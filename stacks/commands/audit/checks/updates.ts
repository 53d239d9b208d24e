import type { Check } from "../check";
import { linesOf } from "../check";

const day = 86_400;

/** Days after which a list of packages that is fetched each day is called old. */
const oldLists = 3;

const [listed, waiting] = ["listed ", "waiting "];

/**
 * Security fixes that are not installed, by the host's own lists and without fetching them anew; how old those lists
 * are; and whether a restart that a fix asked for has been waiting for longer than a day.
 *
 * @see https://manpages.debian.org/bookworm/apt/apt-get.8.en.html --simulate
 */
export const updates: Check = {
    id: "updates",
    layer: "patching",
    ask: () => `
apt-get --simulate -qq -o Debug::NoLocking=1 dist-upgrade
newest=$(stat -c %Y /var/lib/apt/periodic/update-stamp /etc/apt/apt.conf.d/99steward 2>/dev/null | sort -n | tail -1)
echo "${listed}\${newest:-0}"
[ ! -e /run/reboot-required ] || echo "${waiting}$(stat -c %Y /run/reboot-required)"`,
    judge(said, _, { now }) {
        const { layer } = updates;
        const lines = linesOf(said);
        const pending = lines
            .filter((line) => /^Inst .*\(.*(Debian-Security:|-security)/.test(line))
            .map((line) => line.split(" ")[1] ?? "");
        const since = (word: string): number | undefined => {
            const line = lines.find((each) => each.startsWith(word));
            return line === undefined ? undefined : now / 1_000 - Number(line.slice(word.length));
        };
        const [age = Infinity, waits] = [since(listed), since(waiting)];
        const days = (seconds: number) => `${String(Math.floor(seconds / day))} days`;
        return [
            ...(pending.length === 0
                ? []
                : [
                      {
                          layer,
                          is: `${String(pending.length)} security fixes are pending: ${pending.join(", ")}`,
                          should: "none",
                          fix: "run `unattended-upgrade` on the host, or wait for the night",
                      },
                  ]),
            ...(age < oldLists * day
                ? []
                : [
                      {
                          layer,
                          is: `the lists of packages were last fetched ${Number.isFinite(age) ? `${days(age)} ago` : "never"}`,
                          should: "each day",
                          fix: "read `journalctl --unit apt-daily` on the host",
                      },
                  ]),
            ...(waits === undefined || waits < day
                ? []
                : [
                      {
                          layer,
                          is: `a fix has been waiting for a restart for ${days(waits)}`,
                          should: "restarted within a day",
                          fix: "restart the host, or set `steward:vms.patching.reboot: true`",
                      },
                  ]),
        ];
    },
};
