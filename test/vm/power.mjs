#!/usr/bin/env node
import { bootMachine, dropMachine, growData, startMachine } from "./machine.mjs";

const usage = `What somebody beside the virtual machine does to it.

  node test/vm/power.mjs crash        pulls the plug
  node test/vm/power.mjs start        switches it on, and waits until it is up
  node test/vm/power.mjs start-bare   switches it on without the disk of its data, and does not wait
  node test/vm/power.mjs grow SIZE    gives that disk as much room, such as 3G, while it runs
`;

const name = "vm1";

const verbs = {
    crash: () => dropMachine(name),
    start: () => bootMachine(name),
    "start-bare": () => startMachine(name, false),
    grow: (size) => growData(name, size),
};

const [verb, ...args] = process.argv.slice(2);
if (!Object.hasOwn(verbs, verb ?? "")) {
    process.stderr.write(usage);
    process.exit(2);
}
await verbs[verb](...args);
