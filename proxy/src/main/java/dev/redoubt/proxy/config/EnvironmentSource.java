package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code REDOUBT_*}. An empty variable counts as not set, as Compose files leave them. Stateless. */
final class EnvironmentSource {
    private static final String PREFIX = "REDOUBT_";
    /** The tests' own, and the Java agent's: it may share the environment. */
    private static final List<String> PREFIXES_OF_OTHERS = List.of("REDOUBT_TEST_", "REDOUBT_AGENT_");

    /** What Kubernetes and Docker inject for a service whose name begins with "redoubt". */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "REDOUBT_(.*_)?(SERVICE_(HOST|PORT)(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private EnvironmentSource() {}

    static List<RawValue> read(Map<String, String> environment, List<Problem> problems) {
        List<RawValue> values = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith(PREFIX) || isOfOthers(name) || text.isEmpty()) {
                return;
            }
            Optional<Setting> setting = Setting.byEnvironmentName(name);
            if (setting.isPresent()) {
                values.add(RawValue.ofText(setting.get(), text, new Source(Source.Rank.ENVIRONMENT, name)));
            } else if (!SERVICE_LINK.matcher(name).matches()) {
                problems.add(Problem.unknown(name, "environment", Suggestion.nearest(name, names())));
            }
        });
        return values;
    }

    private static boolean isOfOthers(String name) {
        return PREFIXES_OF_OTHERS.stream().anyMatch(name::startsWith);
    }

    private static List<String> names() {
        return Setting.all().stream()
                .flatMap(setting -> setting.row().environmentNames().stream())
                .toList();
    }
}
