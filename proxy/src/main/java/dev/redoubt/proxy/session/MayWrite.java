package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Whether CLIENT PAUSE WRITE holds a command: {@code is_may_replicate_command} in processCommand of Redis 7.0. What Redis refuses before it looks at the pause (a wrong number of arguments) is not held. Pure
 * functions.
 */
enum MayWrite {
    NO,
    YES,
    /** Only Redis can tell: a script by its hash, a function. */
    UNKNOWN;

    private static final Set<String> REPLICATED = Set.of("pfcount", "publish", "spublish");

    static MayWrite of(CommandTable table, Command command) {
        CommandSpec spec = command.spec();
        if (spec == null || CommandErrors.check(table, command.arguments()) != null) {
            return NO;
        }
        if (spec.of(command.arguments()).has(CommandFlag.WRITE) || REPLICATED.contains(spec.name())) {
            return YES;
        }
        return switch (spec.name()) {
            case "eval" -> declaresNoWrites(command.arguments()[1]) ? NO : YES;
            case "evalsha", "fcall" -> UNKNOWN;
            default -> NO;
        };
    }

    /** The first line of a script that tells its flags: {@code #!lua flags=no-writes,allow-stale}. */
    private static boolean declaresNoWrites(byte[] script) {
        if (script.length < 2 || script[0] != '#' || script[1] != '!') {
            return false;
        }
        int end = 0;
        while (end < script.length && script[end] != '\n') {
            end++;
        }
        String line = new String(script, 0, end, StandardCharsets.ISO_8859_1);
        return Arrays.stream(line.split("\\s+"))
                .filter(word -> word.startsWith("flags="))
                .flatMap(word -> Arrays.stream(word.substring("flags=".length()).split(",")))
                .anyMatch("no-writes"::equals);
    }
}
