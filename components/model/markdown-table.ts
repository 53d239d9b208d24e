/** A Markdown table, its columns padded as Prettier would; the first row is the head. */
export function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string[] {
    const widths = head.map((title, i) =>
        Math.max(3, title.length, ...body.map((cells) => cells[i]?.length ?? 0)),
    );
    const row = (cells: readonly string[], filler = " ") =>
        `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0, filler)).join(" | ")} |`;
    return [
        row(head),
        row(
            head.map(() => ""),
            "-",
        ),
        ...body.map((cells) => row(cells)),
    ];
}
