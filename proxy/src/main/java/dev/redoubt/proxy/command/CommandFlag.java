package dev.redoubt.proxy.command;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The flags of Redis's COMMAND reply that Redis 7.0 has. Flags of newer servers are left out. */
public enum CommandFlag {
    WRITE,
    READONLY,
    DENYOOM,
    ADMIN,
    PUBSUB,
    NOSCRIPT,
    BLOCKING,
    LOADING,
    STALE,
    SKIP_MONITOR,
    SKIP_SLOWLOG,
    ASKING,
    FAST,
    NO_AUTH,
    MOVABLEKEYS,
    ALLOW_BUSY,
    NO_ASYNC_LOADING,
    NO_MULTI,
    NO_MANDATORY_KEYS;

    private static final Map<String, CommandFlag> BY_WORD = byWord();

    /** As COMMAND spells it: {@code no_multi}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    int bit() {
        return 1 << ordinal();
    }

    /** The bit of that flag, or 0 for one that is not known here. */
    static int bitOf(String word) {
        CommandFlag flag = BY_WORD.get(word);
        return flag == null ? 0 : flag.bit();
    }

    private static Map<String, CommandFlag> byWord() {
        Map<String, CommandFlag> words = new HashMap<>();
        for (CommandFlag flag : values()) {
            words.put(flag.word(), flag);
        }
        return Map.copyOf(words);
    }
}
