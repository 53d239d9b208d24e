import type { Props } from "../provider/values";
import { hasUnknown, isProps } from "../provider/values";
import type { Document } from "./aws-type";
import type { Problem } from "./grammar";
import { textsAt } from "./look";
import { documentProblem } from "./policy-document";
import { grammarOf } from "./published";

/** Documents given as objects become the text that AWS gets; only top-level ones can be objects. */
export function fillDocuments(inputs: Props, documents: readonly Document[]): Props {
    const changed = documents.flatMap(({ path }) => {
        const value = inputs[path];
        return isProps(value) && !hasUnknown(value) ? [[path, JSON.stringify(value)] as const] : [];
    });
    return changed.length === 0 ? inputs : { ...inputs, ...Object.fromEntries(changed) };
}

/** What is wrong with the documents among the inputs. */
export function* documentProblems(
    inputs: Props,
    documents: readonly Document[],
): Generator<Problem> {
    for (const document of documents) {
        for (const text of textsAt(inputs, document.path)) {
            const reason = documentProblem(text, document);
            if (reason !== undefined) yield { property: document.path, reason };
        }
    }
}

/**
 * The inputs that the published grammar describes. A document is text to AWS, whatever the SDK lets a program
 * write, and the extract takes a list of texts or resources for one of them.
 */
export function describedInputs(
    type: string,
    inputs: Props,
    documents: readonly Document[],
): Props {
    const left = (key: string) =>
        documents.some(({ path }) => path === key) ||
        (Array.isArray(inputs[key]) && grammarOf(type)?.properties[key]?.kind === "string|object");
    const keys = Object.keys(inputs);
    if (!keys.some(left)) return inputs;
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => !left(key)));
}
