import type { CarrierEntry } from "../../components/model/carriers/entries";
import { entryFor, entryProblems } from "../../components/model/carriers/entries";
import type { Exemption } from "../../components/model/exemption";
import { exemptionProblems } from "../../components/model/exemption";
import type { Matrix } from "../../components/model/matrix";
import type { Gap, GapOptions } from "../../components/model/gaps";
import { findGaps } from "../../components/model/gaps";
import type { PlatformName, Workload } from "../../components/model/roles";
import { clusterType, stackType } from "../../components/model/tokens";
import { auditResources } from "../audit";
import type { Cover, Coverage } from "../coverage";
import { coverageOf, coverOf } from "../coverage";
import { Inventory } from "../inventory";
import type { Violation } from "../rule";
import { rules } from "../rules";
import { chosenVersions, servicesOnMachines } from "../running";
import type { Below } from "./below";
import { belowOf } from "./below";
import type { ReportLayer } from "./layers";
import { layersOfMatrix, withResources } from "./layers";
import type { RoleView } from "./roles";
import { groupByRole } from "./roles";
import type { StateResource } from "./state";
import { StateProblem } from "./state";
import type { Warning } from "./warnings";
import { findWarnings } from "./warnings";

/** One resource, counted once: under the innermost layer around it. */
export interface ReportResource {
    readonly name: string;
    readonly type: string;
    readonly urn: string;
    /** Identifier in the cloud; left out where it could be the value itself. */
    readonly id?: string;
    /** Null where no layer stands around it. */
    readonly layer: string | null;
    readonly scope?: string;
    readonly carrier: Cover;
    readonly protect: boolean;
    /** The layers that carry it besides, where it is listed and not counted; absent where none does. */
    readonly below?: readonly Below[];
    /** What the layer component above it says, which the matrix should say too. */
    readonly party: string | null;
}

export interface ReportExemption extends Exemption {
    /** Why it lifts nothing; absent while it is in force. */
    readonly problem?: string;
}

/** What the stack file says of types that Steward does not know. */
export interface ReportCarrier extends CarrierEntry {
    /** The type, module or package. */
    readonly of: string;
    /** How many resources of the stack it speaks of. */
    readonly resources: number;
    /** Why it decides nothing; absent while it is in force. */
    readonly problem?: string;
}

/** Who owns what in one cluster. Plain data: every renderer writes this and nothing else. */
export interface Report {
    readonly stack: string;
    readonly workload: Workload;
    readonly platform: PlatformName;
    readonly environment: string;
    readonly cluster: string;
    /** ISO 8601, UTC. */
    readonly generatedAt: string;
    /** The role, or the party without one, that the report was narrowed to. */
    readonly only?: string;
    /** Every row of the matrix in the order of the book, duties included; rows that are missing as well. */
    readonly layers: readonly ReportLayer[];
    readonly coverage: Coverage;
    readonly roles: readonly RoleView[];
    readonly uncovered: readonly ReportResource[];
    readonly gaps: readonly Gap[];
    /** What the rules object to, exempted findings as advisory ones. */
    readonly violations: readonly Violation[];
    readonly exemptions: readonly ReportExemption[];
    readonly carriers: readonly ReportCarrier[];
    readonly warnings: readonly Warning[];
    /** Resources in the state, the root stack, components and providers included. */
    readonly inState: number;
}

export interface ReportOptions extends GapOptions {
    /** The stack's name, as people type it. */
    readonly stack: string;
}

/**
 * Works out who owns what from the resources of a state. Pure: the clock is an option.
 *
 * @throws StateProblem when the state holds no cluster whose matrix can be read.
 */
export function buildReport(resources: readonly StateResource[], options: ReportOptions): Report {
    const kept = resources.filter(({ pendingDelete }) => !pendingDelete);
    const inventory = new Inventory(kept);
    const matrix = inventory.matrix();
    if (matrix === undefined) throw noMatrix(kept);
    const listed = kept.filter(({ custom }) => custom).map((each) => describe(each, inventory));
    const gaps = findGaps(matrix, options);
    const layers = withResources(layersOfMatrix(matrix, gaps), listed);
    const problems = exemptionProblems(
        matrix,
        rules.map(({ name }) => name),
        options.now,
    );
    const coverage = coverageOf(inventory);
    return {
        stack: options.stack,
        workload: matrix.workload,
        platform: matrix.platform,
        environment: matrix.environment,
        cluster: matrix.cluster,
        generatedAt: options.now.toISOString(),
        layers,
        coverage,
        roles: groupByRole(matrix, layers, listed),
        uncovered: listed.filter(({ carrier }) => carrier === "uncovered"),
        gaps,
        violations: auditResources(rules, kept, options),
        exemptions: matrix.exemptions.map((exemption) => {
            const problem = problems.find((each) => each.exemption === exemption)?.message;
            return { ...exemption, ...(problem === undefined ? {} : { problem }) };
        }),
        carriers: carriersOf(matrix, listed),
        warnings: findWarnings(matrix, {
            ...options,
            unseen: coverage.unseen,
            pendingDeletes: resources.length - kept.length,
            onMachines: servicesOnMachines(kept),
            chosen: chosenVersions(kept),
        }),
        inState: resources.length,
    };
}

function carriersOf(
    { carriers }: Matrix,
    listed: readonly Pick<ReportResource, "type">[],
): ReportCarrier[] {
    const problems = new Map(entryProblems(carriers).map(({ key, message }) => [key, message]));
    return Object.entries(carriers).map(([key, entry]) => {
        const problem = problems.get(key);
        return {
            of: key,
            ...entry,
            resources: listed.filter(({ type }) => entryFor(carriers, type) === key).length,
            ...(problem === undefined ? {} : { problem }),
        };
    });
}

function noMatrix(resources: readonly StateResource[]): StateProblem {
    const path = "deployment.resources";
    if (resources.some(({ type }) => type === clusterType)) {
        const message = "the cluster does not say who owns what";
        return new StateProblem({ path, message, fix: "run `up` with this version of Steward" });
    }
    const empty = resources.every(({ type }) => type === stackType);
    const message = empty ? "the stack is empty" : "no cluster of Steward is in this state";
    const fix = "take the state of a stack that Steward deployed";
    return new StateProblem({ path, message, fix });
}

/** Packages whose resources live in the state alone: their identifier can be the value that they keep. */
const keptInState = /^(random|tls):/;

function describe(resource: StateResource, inventory: Inventory): ReportResource {
    const { name, type, urn, id, protect } = resource;
    const owner = inventory.ownerOf(resource);
    const below = belowOf(resource, inventory);
    return {
        name,
        type,
        urn,
        ...(id === undefined || keptInState.test(type) ? {} : { id }),
        layer: owner?.layer ?? null,
        ...(owner?.scope === undefined ? {} : { scope: owner.scope }),
        carrier: coverOf(resource, inventory),
        protect,
        ...(below.length === 0 ? {} : { below }),
        party: owner?.party ?? null,
    };
}
