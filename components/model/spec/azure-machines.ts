import { z } from "zod";

/** The machines of a CommCare cluster, and what keeps them whole. */
export const azureMachines = z.strictObject({}).prefault({}).describe("Of CommCare's clusters");

export type AzureMachinesSection = z.infer<typeof azureMachines>;
