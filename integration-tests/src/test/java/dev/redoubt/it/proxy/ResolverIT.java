package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How Redis's name becomes an address: with a DNS server that the test has in its hand. Linux has more than one loopback address without being asked. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ResolverIT {
    private static final String NAME = "redis.test";

    @Test
    void nameThatChangesItsAddressIsFollowedAtTheNextAttempt() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started();
                Relay old = new Relay("127.0.0.2", redis.port())) {
            dns.knows(NAME, "127.0.0.2");
            try (ProxyProcess proxy = before(dns, redis);
                    RawClient client = proxy.connect()) {
                ProxyPages pages = new ProxyPages(proxy);
                pages.awaitState("up");
                assertEquals("OK", client.call("SET", "k", "v"));

                dns.knows(NAME, "127.0.0.1");
                old.end();

                pages.awaitMetric("outages_total", 1);
                pages.awaitState("up");
                assertEquals("v", client.call("GET", "k"));
            }
        }
    }

    @Test
    void allAddressesOfANameAreTried() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started()) {
            dns.knows(NAME, "127.0.0.3", "127.0.0.1");
            try (ProxyProcess proxy = before(dns, redis);
                    RawClient client = proxy.connect()) {
                new ProxyPages(proxy).awaitState("up");
                assertEquals("OK", client.call("SET", "k", "v"));
            }
        }
    }

    @Test
    void nameThatDnsDoesNotKnowIsNamedWithTheAnswerOfDns() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started();
                ProxyProcess proxy = before(dns, redis)) {
            ProxyPages pages = new ProxyPages(proxy);
            String reason = "thehostname" + NAME + "cannotberesolved:DNSdoesnotknowit(NXDOMAIN)";
            Eventually.until("the reason", () -> pages.health().contains(reason));

            dns.knows(NAME, "127.0.0.1");

            pages.awaitState("up");
        }
    }

    @Test
    void nameWithoutAnAddressIsToldFromOneThatIsUnknown() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started()) {
            dns.knows(NAME);
            try (ProxyProcess check =
                    ProxyProcess.setup().launch("check", "--upstream", uri(redis), "--dns-servers", dns.place())) {
                assertEquals(1, check.awaitEnd());
                assertTrue(
                        check.output().contains(NAME + " cannot be looked up: DNS has no address for it"),
                        check.output());
            }
        }
    }

    @Test
    void redisIsReachedAgainThoughDnsIsSilent() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started()) {
            dns.knows(NAME, "127.0.0.1");
            try (ProxyProcess proxy = before(dns, redis);
                    RawClient client = proxy.connect()) {
                ProxyPages pages = new ProxyPages(proxy);
                pages.awaitState("up");

                dns.hang();
                redis.restart();

                pages.awaitMetric("outages_total", 1);
                pages.awaitState("up");
                assertEquals("OK", client.call("SET", "k", "v"));
            }
        }
    }

    @Test
    void serverThatNeverAnswersIsAReasonInWords() throws IOException {
        try (FakeDns dns = new FakeDns();
                RedisServer redis = RedisServer.started()) {
            dns.hang();
            try (ProxyProcess check =
                    ProxyProcess.setup().launch("check", "--upstream", uri(redis), "--dns-servers", dns.place())) {
                assertEquals(1, check.awaitEnd());
                assertTrue(
                        check.output().contains(NAME + " cannot be looked up: no DNS server answered in time"),
                        check.output());
            }
        }
    }

    private static ProxyProcess before(FakeDns dns, RedisServer redis) {
        return ProxyProcess.setup()
                .options("--upstream", uri(redis), "--dns-servers", dns.place())
                .start();
    }

    private static String uri(RedisServer redis) {
        return "redis://" + NAME + ":" + redis.port();
    }
}
