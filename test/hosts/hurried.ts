import { textIn } from "../components/platforms/vms/vms";
import type { Step } from "./steps";

/** A step of the monitoring whose content has seconds where it would have minutes. */
export function hurried(step: Step): Step {
    const stdin = textIn(step.inputs, "stdin");
    const [, content = ""] = /^\d+\n(.*)$/s.exec(stdin) ?? [];
    const quick = content
        .replaceAll(/"(scrape_interval|evaluation_interval)": "30s"/g, '"$1": "2s"')
        .replaceAll('"group_wait": "30s"', '"group_wait": "1s"')
        .replaceAll(/"for": "(3m|1h)"/g, '"for": "4s"');
    const length = String(Buffer.byteLength(quick));
    return { ...step, inputs: { ...step.inputs, stdin: stdin && `${length}\n${quick}` } };
}
