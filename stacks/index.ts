import { program } from "./program";

// An address of a reserved domain (example.org and its like) reaches nobody: it passes only in a rehearsal.
const outputs = program({ now: new Date(), reservedContacts: "refused" });

/** What is worth knowing once the stack stands. */
export = outputs;
