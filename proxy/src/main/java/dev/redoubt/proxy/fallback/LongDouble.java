package dev.redoubt.proxy.fallback;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A C {@code long double} as Redis on x86-64 has it: 64 bits of mantissa, printed with 17 decimals and without trailing zeros.
 * INCRBYFLOAT shows every one of these bits. Immutable.
 */
final class LongDouble {
    static final LongDouble ZERO = new LongDouble(BigDecimal.ZERO);

    private static final int MANTISSA_BITS = 64;
    private static final int DECIMALS = 17;
    /** Redis takes no longer text. */
    private static final int LONGEST_TEXT = 5 * 1024 - 1;
    /** Beyond this the decimal exponent of a long double ends. */
    private static final int LARGEST_EXPONENT = 4932;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
    private static final Pattern INFINITY = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEXADECIMAL = Pattern.compile("[+-]?0x.*", Pattern.CASE_INSENSITIVE);

    /** Null: infinite. */
    private final @Nullable BigDecimal value;

    private LongDouble(@Nullable BigDecimal value) {
        this.value = value;
    }

    /** Hexadecimal floats are left to Redis. */
    static LongDouble parse(byte[] bytes) {
        return parse(bytes, "ERR value is not a valid float");
    }

    /** @param otherwise what it is an error with */
    static LongDouble parse(byte[] bytes, String otherwise) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.length() > LONGEST_TEXT) {
            throw Verdict.error(otherwise);
        }
        if (INFINITY.matcher(text).matches()) {
            return new LongDouble(null);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            throw Verdict.HOLD;
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw Verdict.error(otherwise);
        }
        BigDecimal decimal = new BigDecimal(text);
        long exponent = (long) decimal.precision() - decimal.scale() - 1;
        if (decimal.signum() != 0 && Math.abs(exponent) > LARGEST_EXPONENT) {
            throw Verdict.error(otherwise);
        }
        return new LongDouble(decimal.signum() == 0 ? BigDecimal.ZERO : toMantissa(decimal));
    }

    boolean isInfinite() {
        return value == null;
    }

    LongDouble plus(LongDouble other) {
        if (value == null || other.value == null) {
            throw Verdict.error("ERR increment would produce NaN or Infinity");
        }
        return new LongDouble(toMantissa(value.add(other.value)));
    }

    byte[] toBytes() {
        BigDecimal printed = value == null ? BigDecimal.ZERO : value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
        String text = printed.signum() == 0 ? "0" : printed.stripTrailingZeros().toPlainString();
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The nearest number with 64 bits of mantissa, to even when there are two. */
    private static BigDecimal toMantissa(BigDecimal exact) {
        if (exact.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int power = MANTISSA_BITS - binaryMagnitude(exact);
        BigInteger mantissa =
                scaledByTwo(exact, power).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        return scaledByTwo(new BigDecimal(mantissa), -power);
    }

    /** The n for which 2^(n-1) <= |exact| < 2^n. */
    private static int binaryMagnitude(BigDecimal exact) {
        BigDecimal absolute = exact.abs();
        double decimalDigits = (double) absolute.precision() - absolute.scale();
        int n = (int) Math.floor((decimalDigits - 1) * 3.321928094887362);
        while (powerOfTwo(n).compareTo(absolute) <= 0) {
            n++;
        }
        return n;
    }

    private static BigDecimal scaledByTwo(BigDecimal number, int power) {
        return number.multiply(powerOfTwo(power));
    }

    private static BigDecimal powerOfTwo(int n) {
        return n >= 0 ? BigDecimal.valueOf(2).pow(n) : BigDecimal.valueOf(0.5).pow(-n);
    }
}
