import type { Matrix } from "../../../components/model/matrix";
import { paint } from "../paint";
import type { Finding } from "./finding";

/** Findings for people: by whoever answers for them, the worst first being nobody. */
export function wordFindings(
    stack: string,
    hosts: number,
    findings: readonly Finding[],
    { parties }: Pick<Matrix, "parties">,
    stream: NodeJS.WriteStream,
): string {
    const all = counted(hosts, "host");
    if (findings.length === 0) {
        const verdict = `${stack}: ${all}, as the stack file says`;
        return `${paint("green", verdict, stream)}\n`;
    }
    const byOwner = new Map<string, Finding[]>();
    for (const finding of findings) {
        const key = JSON.stringify([finding.party, finding.role]);
        byOwner.set(key, [...(byOwner.get(key) ?? []), finding]);
    }
    const groups = [...byOwner.values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const { role, party, contact } = first;
        const name = party === null ? undefined : (parties[party]?.name ?? party);
        const who = [name ?? "nobody", contact, role].filter((word) => word != null).join(", ");
        const head = paint("bold", `${who}: ${counted(group.length, "finding")}`, stream);
        const lines = group.map(
            ({ host, layer, is, should, fix }) => `  ${host}: ${layer}: ${is}; ${should}; ${fix}`,
        );
        return [head, ...lines, ""];
    });
    const verdict = `${stack}: ${counted(findings.length, "finding")} on ${all}`;
    return [...groups, paint("red", verdict, stream), ""].join("\n");
}

const counted = (count: number, noun: string): string =>
    `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
