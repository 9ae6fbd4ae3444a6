package dev.firesteel.cli;

/** Exit codes of the commands. */
final class ExitCode {
    /** The guest ended with exit code 0, or the command did what it was asked for. */
    static final int SUCCESS = 0;
    /** A fault of ours. */
    static final int INTERNAL = 1;
    /** Unknown or malformed options. */
    static final int USAGE = 2;
    /** A file that cannot be used. */
    static final int BAD_INPUT = 3;
    /** The guest ran and failed. */
    static final int GUEST_FAILED = 10;

    private ExitCode() {}
}
