/** The component that renders a Helm chart and registers what comes out. */
export const chartType = "kubernetes:helm.sh/v4:Chart";

/**
 * Names the charts of a run that nobody could look into: those with no object below them. A chart renders at
 * least one, so its absence means that the cluster was not there to ask yet.
 *
 * @param urns Of all resources that the run registered.
 */
export function unseenCharts(urns: readonly string[]): string[] {
    const nameOf = (urn: string) => urn.split("::").slice(3).join("::");
    const typesOf = (urn: string) => urn.split("::")[2] ?? "";
    const charts = urns.filter((urn) => typesOf(urn).endsWith(chartType));
    const children = urns.filter((urn) => typesOf(urn).includes(`${chartType}$`));
    return charts
        .filter((chart) => {
            const below = `${typesOf(chart)}$`;
            return !children.some(
                (child) =>
                    typesOf(child).startsWith(below) &&
                    nameOf(child).startsWith(`${nameOf(chart)}:`),
            );
        })
        .map(nameOf);
}
