import type { RoleSlug } from "../../../components/model/roles";
import type { Cover } from "../../coverage";

type Name =
    "paper" | "card" | "ink" | "quiet" | "line" | "edge" | "link" | "good" | "bad" | "bad-paper";

/** Text stands against paper, card and bad-paper with a contrast of at least 4.5, edges and colours with 3. */
const day: Readonly<Record<Name, string>> = {
    paper: "#fbfaf7",
    card: "#ffffff",
    ink: "#1e2428",
    quiet: "#59636a",
    line: "#e2dfd6",
    edge: "#8d9398",
    link: "#15605a",
    good: "#2c7a55",
    bad: "#a8321f",
    "bad-paper": "#fdf1ec",
};

const night: Readonly<Record<Name, string>> = {
    paper: "#15191c",
    card: "#1c2226",
    ink: "#e7e5df",
    quiet: "#a2abb1",
    line: "#30383d",
    edge: "#6c777e",
    link: "#7fcabf",
    good: "#5cb98a",
    bad: "#f0937f",
    "bad-paper": "#2c1e1b",
};

type Colours = readonly [day: string, night: string];

const ofRole: Readonly<Record<RoleSlug | "direct", Colours>> = {
    "infrastructure-provider": ["#8a5a24", "#cf9c5e"],
    "cluster-management": ["#2b6a9b", "#6fb0e0"],
    "operations-engineer": ["#6655a6", "#a99ae6"],
    "application-administrator": ["#a2416a", "#e08bb0"],
    "site-reliability-engineer": ["#1c756b", "#57bfae"],
    "community-guide": ["#b5541c", "#ee9a63"],
    "hub-administrator": ["#587515", "#a3c45c"],
    "community-representative": ["#86398c", "#cf8dd4"],
    direct: ["#6b737a", "#98a2a9"],
};

const ofCover: Readonly<Record<Cover, Colours>> = {
    tag: ["#1c756b", "#57bfae"],
    label: ["#2b6a9b", "#6fb0e0"],
    file: ["#8a5a24", "#cf9c5e"],
    layer: ["#7c8489", "#8b959b"],
    container: ["#6655a6", "#a99ae6"],
    uncovered: ["#a8321f", "#f0937f"],
};

function variables(names: Readonly<Record<Name, string>>): string {
    return Object.entries(names)
        .map(([name, colour]) => `--${name}: ${colour};`)
        .join(" ");
}

function fills(at: 0 | 1): string {
    const rule =
        (prefix: string) =>
        ([name, colours]: [string, Colours]) =>
            `.${prefix}-${name} { fill: ${colours[at]}; }`;
    return [
        ...Object.entries(ofRole).map(rule("r")),
        ...Object.entries(ofCover).map(rule("c")),
    ].join("\n");
}

/** Colours by day, by night, and by day again on paper. */
export const palette = `:root { ${variables(day)} color-scheme: light dark; }
${fills(0)}
@media screen and (prefers-color-scheme: dark) {
:root { ${variables(night)} }
${fills(1)}
}`;
