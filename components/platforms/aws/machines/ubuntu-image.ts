/**
 * Canonical's public parameter for Ubuntu 22.04 on amd64, the one system that commcare-cloud installs on: the
 * newest image, or one release.
 *
 * @see https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 */
export function imageParameter(release: string | undefined): string {
    const stable = "/aws/service/canonical/ubuntu/server/22.04/stable";
    return `${stable}/${release ?? "current"}/amd64/hvm/ebs-gp2/ami-id`;
}
