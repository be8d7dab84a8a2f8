package dev.redoubt.agent.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people, without java.util.Formatter, which takes longer to load than all else here. Pure. */
final class Numbers {
    private static final int GROUP = 3;
    private static final int DECIMALS = 3;
    private static final double MILLIS_PER_SECOND = 1e3;

    private Numbers() {}

    /** {@code 1,204} */
    static String grouped(long number) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int at = text.length() - GROUP; at > first; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** {@code 0.013}, of 12.6 ms. */
    static String seconds(double millis) {
        return new BigDecimal(millis / MILLIS_PER_SECOND)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
