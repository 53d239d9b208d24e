import { jobs } from "./names";

/** PromQL: seconds since the time that a metric says. */
export const age = (metric: string): string => `time() - ${metric}`;

/** PromQL: so many days in seconds. */
export const days = (count: number): string => `${count} * 86400`;

/** PromQL: a host that is measured and does not say this: for whoever should have it measured. */
export const lacking = (metric: string, of = ""): string =>
    `up{job="${jobs.hosts}"${of}} == 1 unless on (host) ${metric}`;
