package dev.redoubt.proxy.config;

import java.util.List;
import java.util.stream.Collectors;

/** What loading gives: settings, or everything that is wrong. Immutable. */
public sealed interface Loaded {

    /** All is well; every setting with the value that is in force, in the table's order. */
    record Sound(Settings settings, List<Effective> effective) implements Loaded {
        public Sound {
            effective = List.copyOf(effective);
        }
    }

    /** At least one problem, in the order of sources. */
    record Wrong(List<Problem> problems) implements Loaded {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /** For callers to whom a wrong configuration is a bug. */
    default Settings orThrow() {
        if (this instanceof Wrong wrong) {
            throw new IllegalArgumentException(
                    wrong.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        return ((Sound) this).settings();
    }
}
