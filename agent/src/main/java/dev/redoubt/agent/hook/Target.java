package dev.redoubt.agent.hook;

import dev.redoubt.agent.observe.ClientKind;
import org.jspecify.annotations.Nullable;

/**
 * A class of a client library that is looked at when it is loaded: by its whole name, or with a package before it where the library was relocated into
 * another jar ("shaded"). What becomes of it depends on what is in it; see {@link Weave}.
 */
enum Target {
    JEDIS_CONNECTION("redis/clients/jedis/Connection", ClientKind.JEDIS_SOCKETS),
    JEDIS_SOCKET_FACTORY("redis/clients/jedis/DefaultJedisSocketFactory", ClientKind.JEDIS_SOCKETS),
    JEDIS("redis/clients/jedis/Jedis", ClientKind.JEDIS),
    BINARY_JEDIS("redis/clients/jedis/BinaryJedis", ClientKind.JEDIS),
    UNIFIED_JEDIS("redis/clients/jedis/UnifiedJedis", ClientKind.JEDIS_UNIFIED),
    OLD_POOL("redis/clients/util/Pool", ClientKind.JEDIS_POOL),
    POOL("redis/clients/jedis/util/Pool", ClientKind.JEDIS_POOL),
    OLD_LETTUCE("com/lambdaworks/redis/AbstractRedisClient", ClientKind.LETTUCE_CLIENT),
    LETTUCE("io/lettuce/core/AbstractRedisClient", ClientKind.LETTUCE_CLIENT),
    OLD_LETTUCE_CLIENT("com/lambdaworks/redis/RedisClient", ClientKind.LETTUCE_CLIENT),
    LETTUCE_CLIENT("io/lettuce/core/RedisClient", ClientKind.LETTUCE_CLIENT),
    OLD_LETTUCE_CLUSTER("com/lambdaworks/redis/cluster/RedisClusterClient", ClientKind.LETTUCE_CLIENT),
    LETTUCE_CLUSTER("io/lettuce/core/cluster/RedisClusterClient", ClientKind.LETTUCE_CLIENT),
    REDISSON_CLIENT("org/redisson/client/RedisClient", ClientKind.REDISSON),
    REDISSON("org/redisson/Redisson", ClientKind.REDISSON);

    private static final Target[] ALL = values();
    /** A bit for each letter that a name here ends with: the rest of a name is compared only where that is one of them. */
    private static final int LAST_LETTERS = lastLetters();

    private final String internalName;
    private final ClientKind kind;

    Target(String internalName, ClientKind kind) {
        this.internalName = internalName;
        this.kind = kind;
    }

    ClientKind kind() {
        return kind;
    }

    /** Whether its constructors tell of a new object: in those of a class whose parent is one of these as well, the parent's do. */
    boolean tellsOfConstruction(@Nullable String superName) {
        return isConnectionMaker() || superName == null || of(superName) == null;
    }

    /** Whether sockets are made in this class, in the versions where they are. */
    boolean isConnectionMaker() {
        return this == JEDIS_CONNECTION || this == JEDIS_SOCKET_FACTORY;
    }

    boolean isLettuceClient() {
        return this == LETTUCE_CLIENT || this == OLD_LETTUCE_CLIENT;
    }

    boolean isCluster() {
        return this == LETTUCE_CLUSTER || this == OLD_LETTUCE_CLUSTER;
    }

    /** The target of that name; null for almost every class. Asked for each class that is loaded: nothing is allocated. */
    static @Nullable Target of(String className) {
        int length = className.length();
        if (length == 0 || (LAST_LETTERS & bitOf(className.charAt(length - 1))) == 0) {
            return null;
        }
        for (Target target : ALL) {
            String name = target.internalName;
            int start = length - name.length();
            if (start >= 0 && className.endsWith(name) && (start == 0 || className.charAt(start - 1) == '/')) {
                return target;
            }
        }
        return null;
    }

    private static int lastLetters() {
        int letters = 0;
        for (Target target : ALL) {
            letters |= bitOf(target.internalName.charAt(target.internalName.length() - 1));
        }
        return letters;
    }

    private static int bitOf(char letter) {
        return letter >= 'a' && letter <= 'z' ? 1 << letter - 'a' : 0;
    }
}
