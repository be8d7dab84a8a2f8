package dev.redoubt.it.oracle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which test. Names are not unique: some tests run several times, with other settings.
 *
 * @param unit as the suite names it: {@code unit/type/list}
 * @param nth the how manieth of that name in its unit, from 1
 */
record TestName(String unit, String name, int nth) {
    /** Two digits: more of them are the number of an issue, which is part of the name. */
    private static final Pattern NTH = Pattern.compile("(.*) \\(#(\\d{1,2})\\)");

    TestName {
        name = oneLine(name);
        if (unit.isEmpty() || name.isEmpty() || nth < 1) {
            throw new IllegalArgumentException("no test: " + unit + ", " + name + ", " + nth);
        }
    }

    /** @param text as {@link #inUnit()} makes it */
    static TestName parse(String unit, String text) {
        Matcher matcher = NTH.matcher(text);
        return matcher.matches()
                ? new TestName(unit, matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new TestName(unit, text, 1);
    }

    /** The name, with the number where there is one of that name before. */
    String inUnit() {
        return nth == 1 ? name : name + " (#" + nth + ")";
    }

    /** For lists with a test a line. */
    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
