package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.jedis.ClusterSentinelReport;
import com.shaded.redis.clients.jedis.JedisClusterInfoCache;
import com.shaded.redis.clients.jedis.JedisSentinelPool;
import org.junit.jupiter.api.Test;
import org.redisson.cluster.ClusterConnectionManager;

/** Who connects, by the stack. */
class CallersTest {
    @Test
    void aSentinelIsNoPlainRedisButThePrimaryThatItNamesIs() {
        assertEquals(
                "it is a Sentinel; the primary that it names is redirected",
                JedisSentinelPool.asking(JedisCallers::whatElseIsAsked));
        assertNull(JedisSentinelPool.borrowing(JedisCallers::whatElseIsAsked));
    }

    @Test
    void aNodeOfAClusterIsNoPlainRedis() {
        assertEquals(
                "it is a node of a cluster, for which the proxy does not speak",
                JedisClusterInfoCache.asking(JedisCallers::whatElseIsAsked));
        assertEquals(
                "Redisson follows the topology itself (ClusterConnectionManager)",
                ClusterConnectionManager.asking(RedissonConfigs::whatElseIsAsked));
    }

    @Test
    void theApplicationsOwnClassesMayBeNamedSo() {
        assertNull(ClusterSentinelReport.calling(JedisCallers::whatElseIsAsked));
        assertNull(ClusterSentinelReport.calling(RedissonConfigs::whatElseIsAsked));
    }
}
