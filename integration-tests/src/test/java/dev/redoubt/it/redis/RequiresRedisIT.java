package dev.redoubt.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequiresRedisIT {
    @Test
    @RequiresRedis("7.0")
    void runsWhereRedisIsNewEnough() {
        assertTrue(RedisSource.version().isAtLeast(new RedisVersion(7, 0)));
    }

    @Test
    void skipsWhereRedisIsOlder() {
        var decision = RequiresRedisCondition.decide(new RedisVersion(7, 0), new RedisVersion(6, 2));

        assertTrue(decision.isDisabled());
        assertEquals("needs Redis 7.0 and found 6.2", decision.getReason().orElseThrow());
    }

    @Test
    void comparesVersionsAsNumbers() {
        RedisVersion ten = RedisVersion.parse("8.10.1");

        assertTrue(ten.isAtLeast(RedisVersion.parse("8.9")));
        assertTrue(ten.isAtLeast(RedisVersion.parse("8.10")));
        assertFalse(ten.isAtLeast(RedisVersion.parse("10.0.0")));
    }
}
