package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.config.LogLevel;
import dev.redoubt.proxy.log.LevelSwitch;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /log-level}: GET says what is logged, PUT with a level as its body changes it. Thread-safe. */
record LogLevelPage(LevelSwitch level) {
    static final String PATH = "/log-level";

    private static final String LEVELS =
            Arrays.stream(LogLevel.values()).map(LogLevelPage::word).collect(Collectors.joining(", "));

    AdminResponse answer(AdminRequest request) {
        if (request.isRead()) {
            return new AdminResponse(200, AdminResponse.TEXT, word(level.level()) + "\n");
        }
        if (!request.method().equals("PUT")) {
            return new AdminResponse(405, AdminResponse.TEXT, Map.of("Allow", "GET, HEAD, PUT"), "only GET and PUT\n");
        }
        if (!request.isFromHere()) {
            return new AdminResponse(403, AdminResponse.TEXT, "only from the machine that the proxy runs on\n");
        }
        return change(request.body().strip());
    }

    private AdminResponse change(String wanted) {
        Optional<LogLevel> found = Arrays.stream(LogLevel.values())
                .filter(one -> one.name().equalsIgnoreCase(wanted))
                .findFirst();
        if (found.isEmpty()) {
            return new AdminResponse(400, AdminResponse.TEXT, "the body must be one of: " + LEVELS + "\n");
        }
        level.set(found.get());
        return new AdminResponse(200, AdminResponse.TEXT, word(found.get()) + "\n");
    }

    private static String word(LogLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
