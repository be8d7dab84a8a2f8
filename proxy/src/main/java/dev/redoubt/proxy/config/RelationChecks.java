package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.Setting.*;

import java.util.List;

/** What must be true between settings that are each right by themselves. Stateless. */
final class RelationChecks {
    private RelationChecks() {}

    static void check(Values values, List<Problem> problems) {
        credentials(values, problems);
        somethingAnswers(values, problems);
        atMost(values, RECONNECT_INITIAL, RECONNECT_CAP, problems);
        atMost(values, RECONNECT_CAP, RECONNECT_LATER_CAP, problems);
        atMost(values, CLIENTS_UNREAD_OUTPUT, CLIENTS_TOTAL_BYTES, problems);
        if (values.bytes(CLIENTS_OUTPUT_LIMIT) != 0) {
            atMost(values, CLIENTS_UNREAD_OUTPUT, CLIENTS_OUTPUT_LIMIT, problems);
        }
        atMost(values, CLIENTS_LARGE_COMMAND, CLIENTS_QUERY_BUFFER, problems);
        if (values.bytes(FALLBACK_MAX_BYTES) != 0) {
            atMost(values, FALLBACK_MAX_VALUE, FALLBACK_MAX_BYTES, problems);
        }
    }

    private static void credentials(Values values, List<Problem> problems) {
        SettingsBuilder.Credentials credentials = SettingsBuilder.Credentials.of(values);
        if (credentials.username() == null || credentials.password() != null) {
            return;
        }
        boolean inUrl = values.optional(UPSTREAM_USERNAME, String.class).isEmpty();
        problems.add(
                values.problem(
                        inUrl ? UPSTREAM_URL : UPSTREAM_USERNAME,
                        "has a user but no password; for a password alone write redis://:PASSWORD@HOST, else add upstream.password"));
    }

    private static void somethingAnswers(Values values, List<Problem> problems) {
        boolean memoryAnswers = values.flag(FALLBACK_ENABLED)
                && values.choice(FALLBACK_PROFILE, FallbackProfile.class) != FallbackProfile.STRICT;
        if (SettingsBuilder.isDisabled(values) && !memoryAnswers) {
            Setting off = values.flag(FALLBACK_ENABLED) ? FALLBACK_PROFILE : FALLBACK_ENABLED;
            problems.add(values.problem(
                    UPSTREAM_DISABLED, "leaves nothing that could answer, as " + off.key() + " keeps memory from it"));
        }
    }

    private static void atMost(Values values, Setting smaller, Setting larger, List<Problem> problems) {
        if (values.compare(smaller, larger) > 0) {
            problems.add(values.problem(
                    smaller,
                    "is larger than " + larger.key() + " (" + values.shown(larger) + "); allowed: at most that"));
        }
    }
}
