package dev.redoubt.proxy.lockscript;

/** What libraries send that is more than one decision about one key. Only the words count, not the layout. */
final class WellKnown {
    /** redis-py, {@code Lock.extend}. */
    static final String REDIS_PY_EXTEND = """
            local token = redis.call('get', KEYS[1])
            if not token or token ~= ARGV[1] then return 0 end
            local expiration = redis.call('pttl', KEYS[1])
            if not expiration then expiration = 0 end
            if expiration < 0 then return 0 end
            local newttl = ARGV[2]
            if ARGV[3] == "0" then newttl = ARGV[2] + expiration end
            redis.call('pexpire', KEYS[1], newttl)
            return 1
            """;

    /** Redlock for Node.js, version 5. */
    static final String REDLOCK_ACQUIRE = """
            for i, key in ipairs(KEYS) do
              if redis.call("exists", key) == 1 then return 0 end
            end
            for i, key in ipairs(KEYS) do redis.call("set", key, ARGV[1], "PX", ARGV[2]) end
            return #KEYS
            """;

    static final String REDLOCK_EXTEND = """
            for i, key in ipairs(KEYS) do
              if redis.call("get", key) ~= ARGV[1] then return 0 end
            end
            for i, key in ipairs(KEYS) do redis.call("set", key, ARGV[1], "PX", ARGV[2]) end
            return #KEYS
            """;

    static final String REDLOCK_RELEASE = """
            local count = 0
            for i, key in ipairs(KEYS) do
              if redis.call("get", key) == ARGV[1] then
                redis.pcall("del", key)
                count = count + 1
              end
            end
            return count
            """;

    private WellKnown() {}
}
