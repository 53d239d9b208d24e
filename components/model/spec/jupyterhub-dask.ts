import { z } from "zod";
import { says, wholeNumber } from "./shared";

const gibibytes = z
    .number()
    .min(0.5, says("is below 0.5", "write GiB from 0.5 to 24,576"))
    .max(24_576, says("is above 24,576", "write GiB from 0.5 to 24,576"));

const cores = z
    .number()
    .min(0.1, says("is below 0.1", "write cores from 0.1 to 448"))
    .max(448, says("is above 448", "write cores from 0.1 to 448"));

/**
 * A Dask gateway for the users of one hub: they start clusters of workers from their notebooks, on machines of
 * the kind `dask`. What a cluster may take is decided here, since it costs money without anybody looking at it.
 *
 * @see https://gateway.dask.org/api-server.html#cluster-backends-reference
 */
export const daskGateway = z.strictObject({
    idleTimeoutSeconds: wholeNumber(60, 604_800, "seconds")
        .default(1_800)
        .describe("A cluster that has computed nothing for so long ends by itself"),
    scheduler: z
        .strictObject({ cores: cores.default(1), memoryGiB: gibibytes.default(2) })
        .prefault({})
        .describe("What one cluster's scheduler has, on a machine of the kind user"),
    worker: z
        .strictObject({
            cores: cores.default(1).describe("Where the user asks for nothing else"),
            memoryGiB: gibibytes.default(2).describe("Where the user asks for nothing else"),
            maxCores: cores.default(2),
            maxMemoryGiB: gibibytes.default(16),
        })
        .prefault({})
        .describe("What one worker has; users choose up to the largest"),
    cluster: z
        .strictObject({
            maxWorkers: wholeNumber(1, 5_000, "workers").default(100),
            maxCores: wholeNumber(1, 20_000, "cores").default(100),
            maxMemoryGiB: wholeNumber(1, 200_000, "GiB").default(800),
        })
        .prefault({})
        .describe("What one cluster may have in all, its scheduler included"),
});

export type DaskGatewaySpec = z.infer<typeof daskGateway>;
