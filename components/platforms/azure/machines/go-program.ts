/** A program that a machine builds itself: no package of Ubuntu's has it, or none that is new enough. */
export interface GoProgram {
    readonly module: string;
    /** Of its main package, below the module; empty where that is the module itself. */
    readonly path: string;
    readonly version: string;
    /** Of the module in Go's database of sums: what was tried. */
    readonly sum: string;
}

/** Where programs go that machines build. */
export const programs = "/usr/local/lib/steward";

/**
 * Lines of a script of root's, under `set -euo pipefail`: builds what `$version` and `$sum` name, else the version that
 * was tried. What is built is what Go's database of sums vouches for under that name, and that sum besides.
 *
 * @see https://go.dev/ref/mod#authenticating
 */
export function buildLines({ module, path, version, sum }: GoProgram): string[] {
    return [
        'export HOME=/root PATH="$PATH:/snap/bin"', // of which a first start has neither
        `version=\${version:-${version}} sum=\${sum:-${sum}}`,
        "command -v go > /dev/null || snap install go --classic",
        "build=$(mktemp -d)",
        "trap 'rm -rf \"$build\"' EXIT",
        `export GOPATH="$build/path" GOCACHE="$build/cache" GOBIN=${programs} GOFLAGS=-modcacherw CGO_ENABLED=0`,
        `go mod download -json "${module}@$version" | grep -qF "\\"$sum\\"" || {`,
        `    echo "${module} $version has another sum than $sum; nothing was installed" >&2; exit 1; }`,
        `go install "${module}${path}@$version"`,
    ];
}
