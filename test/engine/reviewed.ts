import { join } from "node:path";
import type { PlatformName, Workload } from "../../components/model/roles";
import type { Report } from "../../policies/report/report";
import { steward } from "./steward";

/** A token of a type, where people should read what kind of thing it is. */
const token = /(?<!arn:)\b(aws|azure-native|kubernetes|random|tls):[\w./-]+:[A-Z]\w*/g;

interface Headings {
    readonly html: readonly string[];
    readonly markdown: readonly string[];
}

const own = ["Answers for", "Duties without a resource", "Layers"] as const;
const [answers, duties, layers] = own;

/** The same on every cloud, but for the name of a party that answers for a layer without a role. */
const ofRoles: Readonly<Record<Workload, Readonly<Record<string, readonly string[]>>>> = {
    jupyterhub: {
        "Site Reliability Engineer": own,
        "Community Guide": own,
        "Hub Administrator": [answers, layers],
        "Community Representative": own,
    },
    commcare: {
        "Infrastructure Provider": own,
        "Cluster Management": [answers, layers],
        "Operations Engineer": own,
        "CommCare Application Administrator": [answers, duties],
    },
};

/** What stands over the parts of any review of a workload. */
export function headingsOf(workload: Workload, ...parties: readonly string[]): Headings {
    const direct = parties.map((party) => [party, [answers, duties]] as const);
    const views = [...Object.entries(ofRoles[workload]), ...direct];
    const first = ["Needs attention", "Worth knowing now", "How resources show their owner"];
    const whole = "Who answers for what";
    return {
        html: [...first, whole, ...views.flatMap(([title, parts]) => [title, ...parts])],
        markdown: ["Needs attention", whole, ...views.map(([title]) => title)],
    };
}

interface Reviewed {
    /** Exit codes: of `check`, and of `review` in each format. */
    readonly codes: Readonly<Record<string, number | null>>;
    /** What stands over the parts of the page and of the comment. */
    readonly headings: Headings;
    /** Tokens of types among what is read. */
    readonly tokens: readonly string[];
    readonly report: Report;
}

/** What whoever reviews a rehearsed stack is shown, in each form. */
export async function reviewed(
    workload: Workload,
    platform: PlatformName,
    folder: string,
): Promise<Reviewed> {
    const stack = `${workload}-${platform}`;
    const state = join(folder, "state", ".pulumi", "stacks", "steward", `${stack}.json`);
    const review = (format: string) =>
        steward(["review", stack, "--state", state, "--format", format]);
    const check = await steward(["check", "--state", state]);
    const html = await review("html");
    const markdown = await review("markdown");
    const json = await review("json");
    const read = html.stdout.replace(/<(style|script)\b.*?<\/\1>/gs, "");
    return {
        codes: {
            check: check.code,
            html: html.code,
            markdown: markdown.code,
            json: json.code,
        },
        headings: {
            html: [...read.matchAll(/<h([2-4])\b[^>]*>(.*?)<\/h\1>/gs)].map(([, , words = ""]) =>
                textOf(words),
            ),
            markdown: [...markdown.stdout.matchAll(/^## ([^:\n]+)/gm)].map(
                ([, words = ""]) => words,
            ),
        },
        tokens: [textOf(read), markdown.stdout].flatMap((text) => text.match(token) ?? []),
        report: JSON.parse(json.stdout) as Report,
    };
}

const textOf = (html: string) =>
    html
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim();
