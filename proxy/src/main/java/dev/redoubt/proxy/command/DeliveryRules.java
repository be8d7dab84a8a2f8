package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which commands are to take effect at most once, or at least once, whatever their replay class: by patterns of keys ({@code jobs:*}) and of commands ({@code command=lpush}, {@code command=xgroup|*}). Immutable.
 *
 * <p>At most once wins, and needs one of a command's keys. At least once needs all of them, or the command.
 */
public final class DeliveryRules {
    /** No choice at all. */
    public static final DeliveryRules NONE = new DeliveryRules(List.of(), List.of());

    private static final String COMMAND = "command=";

    private final Patterns atMostOnce;
    private final Patterns atLeastOnce;

    public DeliveryRules(List<String> atMostOnce, List<String> atLeastOnce) {
        this.atMostOnce = new Patterns(atMostOnce);
        this.atLeastOnce = new Patterns(atLeastOnce);
    }

    /** The choice for a call. A command whose keys are not known has no keys here. */
    public Delivery of(CommandSpec spec, byte[][] args) {
        if (atMostOnce.isEmpty() && atLeastOnce.isEmpty()) {
            return Delivery.BY_CLASS;
        }
        CommandSpec called = spec.of(args);
        int[] positions = Keys.of(called, args);
        int[] keys = positions == null ? new int[0] : positions;
        if (atMostOnce.takesCommand(called.name()) || atMostOnce.count(args, keys) > 0) {
            return Delivery.AT_MOST_ONCE;
        }
        boolean allKeys = keys.length > 0 && atLeastOnce.count(args, keys) == keys.length;
        return allKeys || atLeastOnce.takesCommand(called.name()) ? Delivery.AT_LEAST_ONCE : Delivery.BY_CLASS;
    }

    private static final class Patterns {
        private final List<Glob> keys = new ArrayList<>();
        private final List<Glob> commands = new ArrayList<>();

        Patterns(List<String> texts) {
            for (String text : texts) {
                if (text.startsWith(COMMAND)) {
                    commands.add(new Glob(text.substring(COMMAND.length()).toLowerCase(Locale.ROOT)));
                } else {
                    keys.add(new Glob(text));
                }
            }
        }

        boolean isEmpty() {
            return keys.isEmpty() && commands.isEmpty();
        }

        /** Whether it is one of the commands, or was when its client sent it. */
        boolean takesCommand(String name) {
            return matches(name) || matches(AgedExpiry.nameBefore(name));
        }

        private boolean matches(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return commands.stream().anyMatch(glob -> glob.matches(bytes));
        }

        int count(byte[][] args, int[] positions) {
            int count = 0;
            for (int position : positions) {
                byte[] key = args[position];
                count += keys.stream().anyMatch(glob -> glob.matches(key)) ? 1 : 0;
            }
            return count;
        }
    }
}
