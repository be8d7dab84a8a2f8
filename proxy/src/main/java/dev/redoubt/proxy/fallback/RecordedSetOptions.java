package dev.redoubt.proxy.fallback;

/**
 * The options of a SET or GETEX that Redis has accepted: they need reading, not checking.
 *
 * @param expiryMillis as {@link Expiry} has it
 * @param isUnreadable an option that this version does not know
 */
record RecordedSetOptions(
        Condition condition, boolean returnsOld, boolean keepsExpiry, long expiryMillis, boolean isUnreadable) {

    enum Condition {
        ALWAYS,
        IF_ABSENT,
        IF_PRESENT
    }

    static RecordedSetOptions of(RecordedCommand command, int first, long nowMillis) {
        Condition condition = Condition.ALWAYS;
        boolean returnsOld = false;
        boolean keepsExpiry = false;
        boolean unreadable = false;
        long expiry = Expiry.NONE;
        for (int i = first; i < command.count(); i++) {
            switch (command.word(i)) {
                case "NX" -> condition = Condition.IF_ABSENT;
                case "XX" -> condition = Condition.IF_PRESENT;
                case "GET" -> returnsOld = true;
                case "KEEPTTL" -> keepsExpiry = true;
                case "PERSIST" -> expiry = Expiry.NONE;
                case "EX" -> expiry = nowMillis + command.number(++i) * 1000;
                case "PX" -> expiry = nowMillis + command.number(++i);
                case "EXAT" -> expiry = command.number(++i) * 1000;
                case "PXAT" -> expiry = command.number(++i);
                default -> unreadable = true;
            }
        }
        return new RecordedSetOptions(condition, returnsOld, keepsExpiry, expiry, unreadable);
    }
}
