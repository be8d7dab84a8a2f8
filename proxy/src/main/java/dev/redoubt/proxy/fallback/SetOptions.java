package dev.redoubt.proxy.fallback;

/**
 * The options of a client's SET or GETEX, checked as Redis 7.0 does it ({@code parseExtendedStringArgumentsOrReply}): which
 * exclude each other, and that the same one may come twice.
 *
 * @param expiryArgument the position of the number; meaningless without a unit
 */
record SetOptions(
        boolean ifAbsent,
        boolean ifPresent,
        boolean returnsOld,
        boolean keepsExpiry,
        boolean persists,
        Unit unit,
        int expiryArgument) {

    /** How an expiry is given. */
    enum Unit {
        NONE(0, false),
        EX(1000, false),
        PX(1, false),
        EXAT(1000, true),
        PXAT(1, true);

        private final int millis;
        private final boolean absolute;

        Unit(int millis, boolean absolute) {
            this.millis = millis;
            this.absolute = absolute;
        }

        boolean isAbsolute() {
            return absolute;
        }
    }

    private static final SetOptions NO_OPTIONS = new SetOptions(false, false, false, false, false, Unit.NONE, 0);

    static SetOptions ofSet(Call call) {
        return call.count() == 3 ? NO_OPTIONS : new Parser(call, true).parse(3);
    }

    static SetOptions ofGetEx(Call call) {
        return new Parser(call, false).parse(2);
    }

    /** What is set only if nobody has it, and ends by itself. */
    boolean isLock() {
        return ifAbsent && hasExpiry() && !returnsOld;
    }

    boolean hasExpiry() {
        return unit != Unit.NONE;
    }

    /** Absolute; {@link Expiry#NONE} if none was given. */
    long expiryMillis(Call call) {
        return hasExpiry() ? expiryMillis(call, expiryArgument, unit) : Expiry.NONE;
    }

    /** An expiry must be positive, and must not overflow 64 bits of milliseconds. */
    static long expiryMillis(Call call, int argument, Unit unit) {
        long given = call.integer(argument);
        if (given <= 0 || given > Long.MAX_VALUE / unit.millis) {
            throw call.invalidExpireTime();
        }
        long millis = given * unit.millis + (unit.absolute ? 0 : call.nowMillis());
        if (millis <= 0) {
            throw call.invalidExpireTime();
        }
        return millis;
    }

    private static final class Parser {
        private final Call call;
        private final boolean isSet;
        private boolean ifAbsent;
        private boolean ifPresent;
        private boolean returnsOld;
        private boolean keepsExpiry;
        private boolean persists;
        private Unit unit = Unit.NONE;
        private int expiryArgument;

        Parser(Call call, boolean isSet) {
            this.call = call;
            this.isSet = isSet;
        }

        SetOptions parse(int first) {
            for (int i = first; i < call.count(); i++) {
                if (takeWord(call.option(i))) {
                    continue;
                }
                takeExpiry(call.option(i), ++i);
            }
            return new SetOptions(ifAbsent, ifPresent, returnsOld, keepsExpiry, persists, unit, expiryArgument);
        }

        private boolean takeWord(String option) {
            switch (option) {
                case "NX" -> ifAbsent = allow(isSet && !ifPresent);
                case "XX" -> ifPresent = allow(isSet && !ifAbsent);
                case "GET" -> returnsOld = allow(isSet);
                case "KEEPTTL" -> keepsExpiry = allow(isSet && unit == Unit.NONE);
                case "PERSIST" -> persists = allow(!isSet && unit == Unit.NONE);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void takeExpiry(String option, int argument) {
            Unit given = switch (option) {
                case "EX" -> Unit.EX;
                case "PX" -> Unit.PX;
                case "EXAT" -> Unit.EXAT;
                case "PXAT" -> Unit.PXAT;
                default -> throw call.syntaxError();
            };
            allow(!keepsExpiry && !persists && (unit == Unit.NONE || unit == given) && argument < call.count());
            unit = given;
            expiryArgument = argument;
        }

        private boolean allow(boolean condition) {
            if (!condition) {
                throw call.syntaxError();
            }
            return true;
        }
    }
}
