package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.shaded.redis.clients.jedis.Jedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginFinderTest {
    private static final String DAO = "com.acme.OrderDao.find(OrderDao.java:42)";
    private static final String MAIN = "com.acme.Main.main(Main.java:7)";

    private final ScriptedFrames frames = new ScriptedFrames();
    private final OriginFinder finder = new OriginFinder(frames);
    private final Jedis jedis = aJedis();

    private static Jedis aJedis() {
        Jedis.OBSERVER.set(made -> {});
        return new Jedis();
    }

    @Test
    void theInnermostLineOfTheApplicationIsTheOne() {
        Origin origin = find("dev.redoubt.agent.audit.Audit.constructed(Audit.java:1)", ownConstructor(), DAO, MAIN);

        assertEquals(DAO, origin.site().where());
        assertEquals("OrderDao.java:42", origin.site().name());
        assertEquals("Jedis", origin.kind());
        assertFalse(origin.isPart());
        assertFalse(origin.isPooled());
    }

    @Test
    void noMoreOfTheStackIsLookedAtThanNeeded() {
        find(ownConstructor(), DAO, MAIN, MAIN, MAIN);

        assertEquals(2, frames.shown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.reflect.Constructor.newInstance(Constructor.java:1)",
                "jdk.internal.reflect.DirectConstructorHandleAccessor.newInstance(X.java:1)",
                "sun.reflect.NativeConstructorAccessorImpl.newInstance0()",
                "com.acme.OrderDao$$Lambda$12/0x0000000800c03000.get()",
                "com.acme.Config$$EnhancerBySpringCGLIB$$9f3a.jedis(<generated>)",
                "com.acme.Config$$SpringCGLIB$$0.jedis(<generated>)",
                "com.sun.proxy.$Proxy7.get()",
                "jdk.proxy2.$Proxy7.get()",
                "$Proxy7.get()",
                "org.apache.commons.pool2.impl.GenericObjectPool.create(GenericObjectPool.java:1)",
                "org.apache.commons.pool.impl.GenericObjectPool.borrowObject(GenericObjectPool.java:1)",
                "redis.clients.jedis.builders.AbstractClientBuilder.build(AbstractClientBuilder.java:1)",
                "io.lettuce.core.RedisClient.create(RedisClient.java:1)",
                "com.lambdaworks.redis.RedisClient.create(RedisClient.java:1)",
                "org.redisson.Redisson.create(Redisson.java:1)",
                "com.big.shaded.redis.clients.jedis.JedisSentinelPool.init(JedisSentinelPool.java:1)",
                "groovy.lang.MetaClassImpl.invokeConstructor(MetaClassImpl.java:1)",
            })
    void whatIsBetweenIsSkipped(String between) {
        Origin origin = find(ownConstructor(), between, DAO);

        assertEquals(DAO, origin.site().where());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.jsp.index_jsp._jspService(index_jsp.java:120)",
                "org.apache.commons.Pools.get(Pools.java:1)",
                "javac.Tool.run(Tool.java:1)",
                "com.acme.redisson.Own.get(Own.java:1)",
                "myredis.clients.jedis.Own.get(Own.java:1)",
            })
    void whatOnlyLooksLikeItIsNot(String application) {
        assertEquals(
                application, find(ownConstructor(), application, DAO).site().where());
    }

    @Test
    void springIsNamedBesideTheLineThatItRunsFor() {
        Origin origin = find(
                ownConstructor(),
                "org.springframework.data.redis.connection.jedis.JedisConnectionFactory.create(X.java:1)",
                "org.springframework.boot.SpringApplication.run(SpringApplication.java:1)",
                MAIN);

        assertEquals(MAIN + " through JedisConnectionFactory", origin.site().where());
        assertEquals("Main.java:7", origin.site().name());
    }

    @Test
    void aLambdaIsPartOfTheMethodThatItIsWrittenIn() {
        Origin origin = find(ownConstructor(), "com.acme.OrderDao.lambda$find$3(OrderDao.java:42)");

        assertEquals(DAO, origin.site().where());
    }

    @Test
    void withoutAFileTheClassMustDo() {
        Origin origin = find(ownConstructor(), "com.acme.OrderDao.find()");

        assertEquals("com.acme.OrderDao.find(OrderDao)", origin.site().where());
        assertEquals("OrderDao", origin.site().name());
    }

    @Test
    void whatAPoolMakesIsKnown() {
        Origin origin = find(ownConstructor(), "redis.clients.jedis.JedisFactory.makeObject(JedisFactory.java:1)", DAO);

        assertTrue(origin.isPooled());
    }

    @Test
    void whatAnotherOfTheLibrarysMakesIsItsPart() {
        Origin origin = find(
                ownConstructor(),
                "redis.clients.jedis.providers.PooledConnectionProvider.<init>(PooledConnectionProvider.java:1)",
                "redis.clients.jedis.JedisPooled.<init>(JedisPooled.java:1)",
                DAO);

        assertTrue(origin.isPart());
        assertEquals("JedisPooled", origin.kind(), "what the application asked for");
    }

    @Test
    void aThreadOfTheLibraryHasNoLine() {
        Origin origin = find(ownConstructor(), "redis.clients.jedis.JedisSentinelPool$MasterListener.run(X.java:1)");

        assertTrue(origin.isPart());
        assertTrue(
                origin.site().where().startsWith("no line of the application, thread "),
                origin.site().where());
    }

    @Test
    void threadsWithNumbersAreOnePlace() throws InterruptedException {
        Site[] sites = new Site[2];
        frames.now(ownConstructor());
        for (int i = 0; i < 2; i++) {
            int at = i;
            Thread thread =
                    new Thread(() -> sites[at] = finder.find(jedis).site(), "pool-1-thread-" + (i + 7) + "\u001b");
            thread.start();
            thread.join();
        }

        assertEquals(sites[0], sites[1]);
        assertEquals("no line of the application, thread pool-#-thread-#?", sites[0].where());
        assertEquals("thread:pool-#-thread-#?", sites[0].clientName());
    }

    @Test
    void namesForRedisHaveNoBlanks() {
        assertEquals("a_b_?.java:3", new Site("x", "a b\u00e4\u001b.java:3").clientName());
    }

    @Test
    void longNamesAreCut() {
        Site site = new Site(new String(new char[5000]).replace('\0', 'x'), "y");

        assertEquals(300, site.where().length());
        assertTrue(site.where().endsWith("..."));
    }

    private Origin find(String... stack) {
        frames.now(stack);
        return finder.find(jedis);
    }

    private static String ownConstructor() {
        return Jedis.class.getName() + ".<init>(Jedis.java:1)";
    }
}
