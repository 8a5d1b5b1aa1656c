package dev.docent.cli;

/** The exit codes of the program; those above 1 are of sysexits.h. */
final class ExitCode {
    static final int OK = 0;

    /** A command failed in part. */
    static final int FAILED = 1;

    /** EX_USAGE: the command line cannot be understood. */
    static final int USAGE = 64;

    /** EX_UNAVAILABLE: the port is taken, or was lost. */
    static final int UNAVAILABLE = 69;

    /** EX_SOFTWARE: memory or threads are used up, or the program has a mistake. */
    static final int BROKEN = 70;

    /** EX_TEMPFAIL: a service is down or has used up its quota; the configuration may be right. */
    static final int OUTAGE = 75;

    /** EX_CONFIG: the owner has to change the configuration. */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
