/** A command on a host that did not end well; worded for whoever deploys. */
export class SshFailure extends Error {}

/** A host that could not be entered, or was gone before it answered. */
export class Unreached extends SshFailure {}
