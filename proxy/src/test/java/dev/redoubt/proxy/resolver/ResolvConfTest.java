package dev.redoubt.proxy.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
    @Test
    void kubernetesFileIsUnderstood() {
        ResolvConf conf = parse("""
                search shop.svc.cluster.local svc.cluster.local cluster.local
                nameserver 10.96.0.10
                options ndots:5
                """);

        assertEquals(List.of("10.96.0.10:53"), servers(conf));
        assertEquals(List.of("shop.svc.cluster.local", "svc.cluster.local", "cluster.local"), conf.search());
        assertEquals(5, conf.dots());
        assertFalse(conf.rotates());
    }

    @Test
    void threeServersCountAndCommentsDoNot() {
        ResolvConf conf = parse("""
                # nameserver 10.0.0.9
                nameserver 10.0.0.1 # the old one
                ; nameserver 10.0.0.8
                nameserver 2001:db8::1
                \tnameserver\t10.0.0.3
                nameserver 10.0.0.4
                options rotate timeout:1
                """);

        assertEquals(List.of("10.0.0.1:53", "2001:db8:0:0:0:0:0:1:53", "10.0.0.3:53"), servers(conf));
        assertTrue(conf.rotates());
        assertEquals(1, conf.dots());
    }

    @Test
    void lastOfSearchAndDomainCounts() {
        assertEquals(List.of("b"), parse("search a c\ndomain b x\n").search());
        assertEquals(List.of("a", "c"), parse("domain b\nsearch a c\n").search());
        assertEquals(List.of(), parse("search a\nsearch\n").search());
    }

    @Test
    void withoutServersThisMachineIsAsked() {
        assertEquals(List.of("127.0.0.1:53"), servers(parse("nameserver dns.example\nnameserver\n\n")));
        assertEquals(List.of("127.0.0.1:53"), servers(ResolvConf.of(Path.of("/nowhere/resolv.conf"))));
    }

    @Test
    void moreDotsThanSixteenCannotBeAskedFor() {
        assertEquals(15, parse("options ndots:99").dots());
        assertEquals(0, parse("options ndots:3 ndots:0").dots());
        assertEquals(1, parse("options ndots:many").dots());
    }

    @Test
    void literalAddressesAreToldFromNames() {
        assertTrue(ResolvConf.isLiteral("10.0.0.1"));
        assertTrue(ResolvConf.isLiteral("::1"));
        assertTrue(ResolvConf.isLiteral("fe80::1%eth0"));
        assertFalse(ResolvConf.isLiteral("10.0.0"));
        assertFalse(ResolvConf.isLiteral("localhost"));
        assertFalse(ResolvConf.isLiteral("1.example"));
    }

    private static ResolvConf parse(String text) {
        return ResolvConf.parse(text.lines().toList());
    }

    private static List<String> servers(ResolvConf conf) {
        return conf.servers().stream()
                .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                .toList();
    }
}
