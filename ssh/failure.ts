/** A host that could not be entered, or a command on it that did not end well; worded for whoever deploys. */
export class SshFailure extends Error {}
