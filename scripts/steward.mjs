// The door of every command: brings dist/ up to date (a few milliseconds when nothing changed), then runs it.
import { createRequire } from "node:module";
import { build } from "./build.mjs";

await build();
createRequire(import.meta.url)("../dist/stacks/commands/main.js");
