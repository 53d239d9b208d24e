import { markdownTable } from "../markdown-table";
import { flows } from "./flows";
import { frameworks } from "./frameworks";
import { outbound } from "./outbound";
import { serviceSlugs, services } from "./services";

const none = "–";
const code = (text: string): string => `\`${text}\``;

/** Service → port → who may connect: all that security groups open, and nothing else. */
export function flowTable(): string[] {
    const all = flows();
    return markdownTable([
        ["service", "port", "who may connect", "what goes over it"],
        ...serviceSlugs.flatMap((slug) => {
            const own = all.filter(({ server }) => server === slug);
            const ports = [...new Set(own.map(({ port, protocol }) => `${port}/${protocol}`))];
            return ports.map((port) => {
                const here = own.filter((flow) => `${flow.port}/${flow.protocol}` === port);
                const what = [...new Set(here.map(({ carries }) => carries))];
                return [slug, port, here.map(({ client }) => client).join(", "), what.join("; ")];
            });
        }),
        ...outbound.map(({ from, port, protocol, why }) => [
            "the Internet",
            `${port}/${protocol}`,
            from.join(", "),
            why,
        ]),
    ]);
}

/** What each service is, where it stands, what keeps its data, and until when it is mended. */
export function serviceTable(): string[] {
    return markdownTable([
        ["service", "is", "version", "inventory groups", "layer", "data", "copies", "mended until"],
        ...serviceSlugs.map((slug) => {
            const { title, version, groups, layer, data, support, replacedBy } = services[slug];
            return [
                slug,
                replacedBy === undefined ? title : `${title}: ${replacedBy} does its work`,
                version ?? none,
                groups.map(code).join(", ") || none,
                layer,
                data?.what ?? none,
                data?.backup ?? none,
                `${support.ends ?? "not announced"} (${support.source})`,
            ];
        }),
    ]);
}

/** The tools of the roles document, and what became of each. */
export function frameworkTable(): string[] {
    return markdownTable([
        ["framework", "lives", "here", "layer", "written to", "mended until"],
        ...Object.values(frameworks).map(({ title, lives, now, layer, writtenTo, support }) => [
            title,
            lives,
            now,
            layer,
            writtenTo,
            `${support.ends ?? "not announced"} (${support.source})`,
        ]),
    ]);
}
