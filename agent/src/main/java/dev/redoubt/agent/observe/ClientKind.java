package dev.redoubt.agent.observe;

/** What sort of object a hook speaks of. */
public enum ClientKind {
    /** Jedis, or its parent BinaryJedis up to 3.x. */
    JEDIS,
    /** JedisPool, JedisSentinelPool and other pools of Jedis. */
    JEDIS_POOL,
    /** UnifiedJedis: JedisPooled, JedisCluster, the RedisClient of Jedis 7.2 and later. */
    JEDIS_UNIFIED,
    /** What makes sockets for Jedis: Connection up to 3.4, DefaultJedisSocketFactory from 3.5 on. It is made within the constructor that it serves. */
    JEDIS_SOCKETS,
    /** Lettuce's AbstractRedisClient. */
    LETTUCE_CLIENT,
    /** org.redisson.Redisson, and the RedisClient that it makes for each of its servers. */
    REDISSON
}
