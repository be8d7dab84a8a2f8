package dev.redoubt.proxy.command;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Replay classes that the arguments decide; the table names them with an at sign. What a rule does not know is UNKNOWN. */
enum ReplayRule {
    SET(StringRules::set),
    GETEX(StringRules::getex),
    BITFIELD(StringRules::bitfield),
    EXPIRE(KeyspaceRules::expire),
    RESTORE(KeyspaceRules::restore),
    SORT(KeyspaceRules::sort),
    SCAN(args -> KeyspaceRules.scan(args, 1)),
    SCAN_KEY(args -> KeyspaceRules.scan(args, 2)),
    FUNCTION_LOAD(KeyspaceRules::functionLoad),
    ACL_LOG(KeyspaceRules::aclLog),
    LREM(RangeRules::lrem),
    LTRIM(RangeRules::ltrim),
    ZREMRANGEBYRANK(RangeRules::zremrangebyrank),
    ZADD(StoreRules::zadd),
    GEOADD(StoreRules::geoadd),
    STORE(StoreRules::store),
    GEORADIUS(StoreRules::georadius),
    XADD(StreamRules::xadd),
    XREAD(StreamRules::xread),
    XREADGROUP(StreamRules::xreadgroup);

    private static final Map<String, ReplayRule> BY_NAME = byName();

    private final Decision decision;

    ReplayRule(ByArguments decision) {
        this((spec, args) -> decision.of(args));
    }

    ReplayRule(Decision decision) {
        this.decision = decision;
    }

    private interface Decision {
        ReplayClass of(CommandSpec spec, byte[][] args);
    }

    private interface ByArguments {
        ReplayClass of(byte[][] args);
    }

    /** @param args as many as the arity asks for */
    ReplayClass decide(CommandSpec spec, byte[][] args) {
        return decision.of(spec, args);
    }

    static ReplayRule named(String name) {
        ReplayRule rule = BY_NAME.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no such replay rule: " + name);
        }
        return rule;
    }

    private static Map<String, ReplayRule> byName() {
        Map<String, ReplayRule> rules = new HashMap<>();
        for (ReplayRule rule : values()) {
            rules.put(rule.name().toLowerCase(Locale.ROOT).replace('_', '-'), rule);
        }
        return rules;
    }
}
