package dev.redoubt.it.bench;

/**
 * The line of /proc/PID/stat, as far as CPU goes.
 *
 * @param name the command, cut to 15 characters by the kernel
 * @param userTicks time in user mode, ended threads included
 * @param systemTicks time in the kernel, ended threads included
 */
record ProcStat(String name, long userTicks, long systemTicks) {
    /** USER_HZ: 100 on every Linux that a JVM runs on. */
    static final long NANOS_PER_TICK = 10_000_000;

    private static final int USER_FIELD = 11;

    /** The name stands in parentheses and may hold spaces and parentheses itself, hence the last one counts. */
    static ProcStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("not a line of /proc/PID/stat: " + line);
        }
        String[] fields = line.substring(close + 2).split(" ");
        return new ProcStat(
                line.substring(open + 1, close),
                Long.parseLong(fields[USER_FIELD]),
                Long.parseLong(fields[USER_FIELD + 1]));
    }

    long nanos() {
        return (userTicks + systemTicks) * NANOS_PER_TICK;
    }
}
