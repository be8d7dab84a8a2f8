package dev.redoubt.proxy.fallback;

/** NX, XX, GT and LT of the EXPIRE family. */
record ExpireCondition(boolean ifNone, boolean ifSome, boolean ifLater, boolean ifEarlier) {

    static ExpireCondition of(Call call) {
        boolean nx = false;
        boolean xx = false;
        boolean gt = false;
        boolean lt = false;
        for (int i = 3; i < call.count(); i++) {
            switch (call.option(i)) {
                case "NX" -> nx = true;
                case "XX" -> xx = true;
                case "GT" -> gt = true;
                case "LT" -> lt = true;
                default -> throw call.unsupportedOption(i);
            }
        }
        if (nx && (xx || gt || lt)) {
            throw Verdict.error("ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (gt && lt) {
            throw Verdict.error("ERR GT and LT options at the same time are not compatible");
        }
        return new ExpireCondition(nx, xx, gt, lt);
    }

    private boolean isAlways() {
        return !(ifNone || ifSome || ifLater || ifEarlier);
    }

    /** A key without expiry lives longest: nothing is later, everything is earlier. */
    boolean holds(long currentMillis, long givenMillis) {
        if (isAlways()) {
            return true;
        }
        if (currentMillis == Expiry.UNKNOWN) {
            throw Verdict.HOLD;
        }
        boolean hasNone = currentMillis == Expiry.NONE;
        return !(ifNone && !hasNone)
                && !(ifSome && hasNone)
                && !(ifLater && (hasNone || givenMillis <= currentMillis))
                && !(ifEarlier && !hasNone && givenMillis >= currentMillis);
    }
}
