package dev.redoubt.proxy.cli;

/** What the process answers its caller. */
final class ExitCode {
    static final int OK = 0;
    /** It ran and the answer is no: a failed check, an error reply. */
    static final int FAILED = 1;
    /** It could not run as asked: wrong configuration or usage, a port in use. */
    static final int USAGE = 2;

    private ExitCode() {}
}
