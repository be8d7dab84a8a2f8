package dev.redoubt.proxy.command;

/** Replay classes that the arguments decide; the table names them with an at sign. What a rule does not know is UNKNOWN. */
enum ReplayRule {
    SET,
    GETEX,
    BITFIELD,
    EXPIRE,
    RESTORE,
    SORT,
    SCAN,
    SCAN_KEY,
    FUNCTION_LOAD,
    ACL_LOG,
    LREM,
    LTRIM,
    ZREMRANGEBYRANK,
    ZADD,
    GEOADD,
    STORE,
    GEORADIUS,
    XADD,
    XREAD,
    XREADGROUP;

    /** @param args as many as the arity asks for */
    ReplayClass decide(CommandSpec spec, byte[][] args) {
        return switch (this) {
            case SET -> StringRules.set(args);
            case GETEX -> StringRules.getex(args);
            case BITFIELD -> StringRules.bitfield(args);
            case EXPIRE -> KeyspaceRules.expire(args);
            case RESTORE -> KeyspaceRules.restore(args);
            case SORT -> KeyspaceRules.sort(args);
            case SCAN -> KeyspaceRules.scan(args, 1);
            case SCAN_KEY -> KeyspaceRules.scan(args, 2);
            case FUNCTION_LOAD -> KeyspaceRules.functionLoad(args);
            case ACL_LOG -> KeyspaceRules.aclLog(args);
            case LREM -> RangeRules.lrem(args);
            case LTRIM -> RangeRules.ltrim(args);
            case ZREMRANGEBYRANK -> RangeRules.zremrangebyrank(args);
            case ZADD -> StoreRules.zadd(args);
            case GEOADD -> StoreRules.geoadd(args);
            case STORE -> StoreRules.store(spec, args);
            case GEORADIUS -> StoreRules.georadius(spec, args);
            case XADD -> StreamRules.xadd(args);
            case XREAD -> StreamRules.xread(args);
            case XREADGROUP -> StreamRules.xreadgroup(args);
        };
    }
}
