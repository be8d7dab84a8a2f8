package dev.redoubt.proxy.config;

import java.util.List;

/** What must be true between settings that are each right by themselves. Stateless. */
final class RelationChecks {
    private static final long LARGEST_KEPT_JOURNAL_BYTES = 512L << 20;

    private RelationChecks() {}

    static void check(Values values, List<Problem> problems) {
        credentials(values, problems);
        somethingAnswers(values, problems);
        nameServers(values, problems);
        journalFile(values, problems);
        users(values, problems);
        atMost(values, ReconnectSetting.INITIAL, ReconnectSetting.CAP, problems);
        atMost(values, ReconnectSetting.CAP, ReconnectSetting.LATER_CAP, problems);
        atMost(values, ClientSetting.UNREAD_OUTPUT, ClientSetting.TOTAL_BYTES, problems);
        if (values.bytes(ClientSetting.OUTPUT_LIMIT) != 0) {
            atMost(values, ClientSetting.UNREAD_OUTPUT, ClientSetting.OUTPUT_LIMIT, problems);
        }
        atMost(values, ClientSetting.LARGE_COMMAND, ClientSetting.QUERY_BUFFER, problems);
        if (values.bytes(FallbackSetting.MAX_BYTES) != 0) {
            atMost(values, FallbackSetting.MAX_VALUE, FallbackSetting.MAX_BYTES, problems);
        }
    }

    /** The file is read whole, and is at most a little more than twice as large as what is in it. */
    private static void journalFile(Values values, List<Problem> problems) {
        boolean isKept = values.optional(JournalSetting.DIR, String.class).isPresent();
        if (isKept && values.bytes(JournalSetting.MAX_BYTES) > LARGEST_KEPT_JOURNAL_BYTES) {
            problems.add(values.problem(
                    JournalSetting.MAX_BYTES, "is too large to be kept in journal.dir; allowed: at most 512MB"));
        }
    }

    private static void users(Values values, List<Problem> problems) {
        boolean isGiven = values.isGiven(UsersSetting.FILE) || !values.areSound(UsersSetting.FILE);
        if (SettingsBuilder.hasOwnUsers(values) && !isGiven) {
            problems.add(values.problem(UsersSetting.MODE, "needs a list of users: add users.file"));
        }
        if (isGiven && values.areSound(UsersSetting.MODE) && !SettingsBuilder.hasOwnUsers(values)) {
            problems.add(values.problem(
                    UsersSetting.FILE, "has no effect, as users.mode is pass-through; allowed: with users.mode own"));
        }
    }

    private static void credentials(Values values, List<Problem> problems) {
        SettingsBuilder.Credentials credentials = SettingsBuilder.Credentials.of(values);
        boolean isInAFile = values.optional(UpstreamSetting.PASSWORD_FILE, String.class)
                .isPresent(); // an unreadable one has its own problem
        if (credentials.username() == null || credentials.password() != null || isInAFile) {
            return;
        }
        boolean inUrl = values.optional(UpstreamSetting.USERNAME, String.class).isEmpty();
        problems.add(
                values.problem(
                        inUrl ? MainSetting.UPSTREAM_URL : UpstreamSetting.USERNAME,
                        "has a user but no password; for a password alone write redis://:PASSWORD@HOST, else add upstream.password"));
    }

    private static void somethingAnswers(Values values, List<Problem> problems) {
        if (SettingsBuilder.isDisabled(values) && !SettingsBuilder.memoryAnswers(values)) {
            Setting off = values.flag(FallbackSetting.ENABLED) ? FallbackSetting.PROFILE : FallbackSetting.ENABLED;
            problems.add(values.problem(
                    UpstreamSetting.DISABLED,
                    "leaves nothing that could answer, as " + off.key() + " keeps memory from it"));
        }
    }

    private static void nameServers(Values values, List<Problem> problems) {
        if (values.isGiven(ResolverSetting.SERVERS)
                && values.choice(ResolverSetting.RESOLVER, Resolver.class) == Resolver.JDK) {
            problems.add(values.problem(
                    ResolverSetting.SERVERS, "has no effect, as dns.resolver is jdk, which asks the system"));
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
