import type { Check, Drift } from "../check";
import { linesOf } from "../check";
import { askContainer, isContainer } from "../container";
import type { WantedMetric } from "../wanted-metrics";

/** What jobs of a host left behind about themselves, for Prometheus and for this. */
export const metrics: Check = {
    id: "metrics",
    layer: "service-monitoring",
    ask: () => `
cat /var/lib/prometheus/node-exporter/*.prom 2>/dev/null || true
${askContainer}`,
    judge(said, wanted, { now }) {
        const inContainer = isContainer(said);
        const samples = linesOf(said).flatMap((line) => {
            const [, name = "", labels = "", value = ""] =
                /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
            return name === "" ? [] : [{ name, labels, value: Number(value) }];
        });
        const asked = wanted.metrics.filter(
            ({ notInContainers }) => !(notInContainers && inContainer),
        );
        return asked.flatMap((metric) => {
            const found = samples.filter(({ name }) => name === metric.name);
            const { layer, due, unit } = metric;
            const fix = `read \`journalctl --unit ${unit}\` on the host`;
            if (found.length === 0) {
                const is = `the host does not say ${metric.what}`;
                const lacks = due !== false && samples.every(({ name }) => name !== due.unless);
                return lacks ? [{ layer, is, should: wordOf(metric), fix }] : [];
            }
            return found.flatMap(({ labels, value }): Drift[] => {
                if (isGood(metric, value, now / 1_000)) return [];
                const [, of = ""] = /(?:^|,)service="([^"]*)"/.exec(labels) ?? [];
                const whose = of === "" ? "" : ` of ${of}`;
                const is = `${metric.what}${whose}: ${agoOrValue(metric, value, now / 1_000)}`;
                return [{ layer, is, should: wordOf(metric), fix }];
            });
        });
    },
};

function isGood({ good }: WantedMetric, value: number, now: number): boolean {
    return "value" in good ? value === good.value : now - value <= good.hours * 3_600;
}

const wordOf = ({ good }: WantedMetric): string =>
    "value" in good ? good.word : `within ${String(good.hours)} hours`;

function agoOrValue({ good }: WantedMetric, value: number, now: number): string {
    if ("value" in good) return String(value);
    return value > 0 ? `${String(Math.floor((now - value) / 3_600))} hours ago` : "never";
}
