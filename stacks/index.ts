import { program } from "./program";

/** The outputs of the stack: what is worth knowing once it stands. */
export = program();
