import { grammarOf } from "../../../rehearsal/azure/published";
import { azureTypes } from "../../../rehearsal/azure/types";
import { Unknown } from "../../../rehearsal/provider/values";
import { accepted, acceptedInputs, subscriptionBefore } from "./whole-subscription";

const whole = subscriptionBefore();
const types = [...new Set(accepted.map(([type]) => type))];

it("takes one of every type that it knows", () => {
    expect([...types].sort()).toEqual(Object.keys(azureTypes).sort());
});

it.each(types)("%s has every output that the SDK promises", (type) => {
    const { outputs } = whole.first(type);
    const missing = grammarOf(type).always.filter((each) => !(each in outputs));
    expect(missing).toEqual([]);
});

it.each(types)("%s tells no output that the SDK does not know", (type) => {
    const known = grammarOf(type).outputs;
    expect(Object.keys(whole.first(type).outputs).filter((each) => !known.includes(each))).toEqual(
        [],
    );
});

it.each(types)("%s is unchanged when nothing changed", (type) => {
    const object = whole.first(type);
    expect(whole.diff(object, object.inputs)).toEqual({
        changed: [],
        within: [],
        replaces: [],
        deleteBeforeReplace: false,
    });
});

it.each(types)("%s keeps its outputs through an update", (type) => {
    const there = subscriptionBefore();
    const object = there.first(type);
    expect(there.update(object, object.inputs).outputs).toEqual(object.outputs);
});

it.each(types)("%s can be seen before it is made", (type) => {
    const outputs = subscriptionBefore(type).preview(type, acceptedInputs(type));
    const certain = new Set([...Object.keys(acceptedInputs(type)), "azureApiVersion", "location"]);
    const told = Object.entries(outputs).filter(
        ([key, value]) => value !== Unknown && !certain.has(key),
    );
    const defaults = Object.keys(azureTypes[type]?.defaults ?? {});
    expect(told.map(([key]) => key).filter((key) => !defaults.includes(key))).toEqual([]);
});
