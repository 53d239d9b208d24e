import { sshSettings } from "../../../../components/platforms/vms/ssh-settings";
import type { Check } from "../check";
import { linesOf } from "../check";

/** sshd says some values by another word than it reads. */
const synonyms: Readonly<Record<string, string>> = { "without-password": "prohibit-password" };

/**
 * How people come in, as sshd reads its files for somebody from somewhere: also what a `Match` for everybody says.
 * What a running sshd has not read yet is not seen.
 */
export const ssh: Check = {
    id: "ssh",
    layer: "operating-system",
    asRoot: true, // it reads its private keys
    ask: () => "sshd -T -C user=nobody,host=nowhere.invalid,addr=198.51.100.1",
    judge(said, { user }) {
        const settings = (text: string) =>
            linesOf(text)
                .filter((line) => !/^(#|Include )/.test(line))
                .map((line) => {
                    const [, key = "", value = ""] = /^(\S+) (.*)$/.exec(line) ?? [];
                    return [key.toLowerCase(), synonyms[value] ?? value] as const;
                });
        const inForce = new Map(settings(said));
        return settings(sshSettings(user).content).flatMap(([key, value]) => {
            const is = inForce.get(key) ?? "not set";
            if (is === value) return [];
            return [
                {
                    layer: ssh.layer,
                    is: `sshd has ${key} ${is}`,
                    should: `${key} ${value}`,
                    fix: "take out what goes before /etc/ssh/sshd_config.d/00-steward.conf, then `systemctl reload ssh`",
                },
            ];
        });
    },
};
