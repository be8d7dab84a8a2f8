package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients by the right names and of the wrong shape: the application has them as they are. */
@Timeout(60)
class BrokenClientsIT {
    @TempDir
    Path directory;

    @BeforeEach
    void compile() throws IOException {
        source("redis/clients/jedis/Connection", """
                package redis.clients.jedis;
                public class Connection {
                    public String connect() { return "not by a socket"; }
                }
                """);
        source("redis/clients/jedis/HostAndPort", """
                package redis.clients.jedis;
                public class HostAndPort {
                    public String host = "127.0.0.1";
                }
                """);
        source("redis/clients/jedis/DefaultJedisSocketFactory", """
                package redis.clients.jedis;
                public class DefaultJedisSocketFactory {
                    public int look(HostAndPort hostAndPort) throws Exception {
                        int found = java.net.InetAddress.getAllByName(hostAndPort.host).length;
                        new java.net.Socket();
                        return found;
                    }
                }
                """);
        source("App", """
                public class App {
                    public static void main(String[] args) throws Exception {
                        System.out.println(new redis.clients.jedis.Connection().connect());
                        for (int i = 0; i < 5; i++) {
                            System.out.println(new redis.clients.jedis.DefaultJedisSocketFactory()
                                    .look(new redis.clients.jedis.HostAndPort()));
                        }
                        try {
                            Class.forName("io.lettuce.core.RedisClient");
                        } catch (ClassFormatError e) {
                            System.out.println("corrupt");
                        }
                    }
                }
                """);
        Path corrupt = directory.resolve("io/lettuce/core/RedisClient.class");
        Files.createDirectories(corrupt.getParent());
        Files.write(corrupt, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 52, 9, 9, 9});
    }

    @Test
    void unknownShapesCorruptClassesAndHooksThatThrowLeaveTheApplicationAsItIs() throws Exception {
        AgentJvm.Ended ended =
                AgentJvm.in(directory).agent("").classPath(directory).run("App");

        assertEquals("not by a socket\n1\n1\n1\n1\n1\ncorrupt\n", ended.out(), ended.err());
        assertEquals(0, ended.status());
        assertTrue(ended.saidOnce("left alone: redis.clients.jedis.Connection, not of a known shape"), ended.err());
        assertTrue(ended.saidOnce("left alone: io.lettuce.core.RedisClient, cannot be read"), ended.err());
        assertTrue(ended.saidOnce("switched off after 3 failures"), ended.err());
        assertEquals(ended.agentLines().size(), ended.err().lines().count(), ended.err());
    }

    private void source(String name, String text) throws IOException {
        Path file = directory.resolve("src").resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", directory.toString(), "-d", directory.toString(), file.toString());
        assertEquals(0, status);
    }
}
