import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours only on a terminal, and never against NO_COLOR (https://no-color.org). */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream): string {
    const plain = !stream.isTTY || Boolean(process.env["NO_COLOR"]);
    return plain ? text : styleText(style, text);
}

/** A table of plain text: every column as wide as its widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const widths = head.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
    );
    const line = (cells: readonly string[]) =>
        cells
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join("  ")
            .trimEnd();
    return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join(
        "\n",
    );
}
