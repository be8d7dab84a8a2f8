package dev.redoubt.it.agent;

import java.util.ArrayList;
import java.util.List;

/** Where what an application observes with the agent is not what it observes without. Pure. */
final class Difference {
    private Difference() {}

    /** A line each; none if all is the same. */
    static List<String> between(List<String> without, List<String> with) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < Math.max(without.size(), with.size()); i++) {
            String expected = i < without.size() ? without.get(i) : "nothing";
            String seen = i < with.size() ? with.get(i) : "nothing";
            if (!expected.equals(seen)) {
                different.add("\"" + seen + "\" instead of \"" + expected + "\"");
            }
        }
        return different;
    }
}
