package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.DeliveryRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a seed's user has chosen over the replay class, by keys and by commands: in the proxy's words, and worked out here apart from the proxy, which it checks. Immutable.
 *
 * @param keysOnce keys, without their tags, whose writes are to take effect at most once
 * @param keysAgain the same for at least once
 */
record Choices(List<String> keysOnce, List<String> keysAgain, Set<Op> opsOnce, Set<Op> opsAgain) {
    static final Choices NONE = new Choices(List.of(), List.of(), Set.of(), Set.of());

    private static final int KEYS = 5;
    private static final List<Op> CHOOSABLE =
            List.of(Op.SET, Op.SETEX, Op.INCR, Op.LPUSH, Op.DEL, Op.EXPIRE, Op.PUBLISH, Op.APPEND);

    static Choices of(SplittableRandom random) {
        if (random.nextBoolean()) {
            return NONE;
        }
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> once.add("k" + i);
                case 1 -> again.add("k" + i);
                default -> {}
            }
        }
        return new Choices(once, again, someOps(random), someOps(random));
    }

    private static Set<Op> someOps(SplittableRandom random) {
        Set<Op> some = EnumSet.noneOf(Op.class);
        CHOOSABLE.stream().filter(op -> random.nextInt(10) == 0).forEach(some::add);
        return some;
    }

    /** As the proxy is told. */
    DeliveryRules rules() {
        return new DeliveryRules(patterns(keysOnce, opsOnce), patterns(keysAgain, opsAgain));
    }

    private static List<String> patterns(List<String> keys, Set<Op> ops) {
        Stream<String> ofKeys = keys.stream().map(key -> key + "#*");
        Stream<String> ofOps = ops.stream().map(op -> "command=" + op.name().toLowerCase(Locale.ROOT));
        return Stream.concat(ofKeys, ofOps).toList();
    }

    /** For one command. At most once needs one of its keys and wins; at least once needs all of them. */
    Delivery of(Op op, String[] words) {
        List<String> keys = switch (op) {
            case ECHO, PUBLISH, FROB, UNIT -> List.of();
            case MGET -> List.of(words[1], words[2]);
            case MSET -> List.of(words[1], words[3]);
            case EVAL -> List.of(words[Tags.SCRIPT_KEY]);
            default -> List.of(words[1]);
        };
        if (opsOnce.contains(op) || keys.stream().anyMatch(key -> names(keysOnce, key))) {
            return Delivery.AT_MOST_ONCE;
        }
        boolean allKeys = !keys.isEmpty() && keys.stream().allMatch(key -> names(keysAgain, key));
        return allKeys || opsAgain.contains(op) ? Delivery.AT_LEAST_ONCE : Delivery.BY_CLASS;
    }

    private static boolean names(List<String> chosen, String key) {
        return chosen.contains(ModelData.untagged(key));
    }

    /** For all commands of a transaction: at most once if one of them is, at least once if all are. */
    static Delivery together(List<Delivery> each) {
        if (each.contains(Delivery.AT_MOST_ONCE)) {
            return Delivery.AT_MOST_ONCE;
        }
        return each.contains(Delivery.BY_CLASS) ? Delivery.BY_CLASS : Delivery.AT_LEAST_ONCE;
    }
}
