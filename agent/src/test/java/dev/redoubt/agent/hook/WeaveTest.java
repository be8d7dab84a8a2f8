package dev.redoubt.agent.hook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.agent.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes classes of known shapes, lets the JVM verify them, and runs them. */
class WeaveTest {
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void nobodyAnswers() {
        Launcher.hooks = Collections.emptyMap();
    }

    @Test
    void whatMakesTheSocketFirstAsksAboutSocketHostAndTls() throws Exception {
        Object connection = instance(Target.JEDIS_CONNECTION, Shapes.SocketFirst.class);
        Launcher.hooks = answering();

        run(connection, "connect");
        run(connection, "connect");

        assertInstanceOf(Special.class, field(connection, "socket"));
        assertEquals("127.0.0.1", ((InetSocketAddress) field(connection, "address")).getHostString());
        assertEquals(6379, ((InetSocketAddress) field(connection, "address")).getPort());
        assertEquals(false, field(connection, "usedTls"));
        assertEquals(
                List.of("jedis.host", "6379", "jedis.tls", "jedis.socket", "jedis.host", "6379", "jedis.tls"), asked);
    }

    @Test
    void whatLooksTheHostUpFirstAsksAboutHostSocketAndTls() throws Exception {
        Object factory = instance(Target.JEDIS_SOCKET_FACTORY, Shapes.HostFirst.class);
        Launcher.hooks = answering();

        Object socket = run(factory, "createSocket");

        assertInstanceOf(Special.class, socket);
        assertArrayEquals(InetAddress.getAllByName("127.0.0.1"), (InetAddress[]) field(factory, "found"));
        assertEquals(false, field(factory, "usedTls"));
        assertEquals(List.of("jedis.host", "HostAndPort", "jedis.socket", "jedis.tls", "jedis.tls"), asked);
    }

    @Test
    void withoutAnswersAMethodDoesWhatItDid() throws Exception {
        Object connection = instance(Target.JEDIS_CONNECTION, Shapes.SocketFirst.class);

        run(connection, "connect");
        run(connection, "connect");

        assertEquals(Socket.class, field(connection, "socket").getClass());
        assertEquals("asked.invalid", ((InetSocketAddress) field(connection, "address")).getHostString());
        assertEquals(true, field(connection, "usedTls"));
    }

    @Test
    void anObjectIsToldOfOnceWhateverConstructorsItRunsThrough() throws Exception {
        Launcher.hooks = answering();

        instance(Target.JEDIS, Shapes.Chained.class);

        assertEquals(List.of("constructed JEDIS"), asked);
    }

    @Test
    void closingIsTold() throws Exception {
        Object client = instance(Target.JEDIS, Shapes.Chained.class);
        Launcher.hooks = answering();

        run(client, "close");

        assertEquals(List.of("closed JEDIS"), asked);
    }

    @Test
    void aShapeThatIsNotKnownIsLeftAlone() throws Exception {
        Woven twoSockets = Weave.of(Target.JEDIS_SOCKET_FACTORY, codeOf(Shapes.TwoSockets.class));
        Woven noMethod = Weave.of(Target.LETTUCE_CLIENT, codeOf(Shapes.Parent.class));

        assertNull(twoSockets.code());
        assertTrue(twoSockets.reason().contains("2 sockets"), twoSockets.reason());
        assertNull(noMethod.code());
    }

    @Test
    void aConnectionWithAFactoryForItsSocketsIsKnown() throws Exception {
        assertNotNull(Weave.of(Target.JEDIS_CONNECTION, codeOf(Shapes.WithFactory.class))
                .code());
    }

    @Test
    void changingAClassAgainAddsNoMember() throws Exception {
        byte[] once = Weave.of(Target.JEDIS_CONNECTION, codeOf(Shapes.SocketFirst.class))
                .code();

        Class<?> before = Shapes.SocketFirst.class;
        Class<?> after = define(before.getName(), once);

        assertEquals(members(before), members(after));
    }

    @Test
    void corruptCodeIsAnErrorThatTheTransformerTakes() throws Exception {
        byte[] corrupt = Arrays.copyOf(codeOf(Shapes.SocketFirst.class), 200);
        List<String> complaints = new ArrayList<>();
        ClientTransformer transformer = new ClientTransformer(() -> {}, complaints::add);

        assertThrows(RuntimeException.class, () -> Weave.of(Target.JEDIS_CONNECTION, corrupt));
        assertNull(transformer.transform(
                getClass().getClassLoader(), "redis/clients/jedis/Connection", null, null, corrupt));
        assertEquals(1, complaints.size());
        assertTrue(complaints.get(0).startsWith("left alone: redis.clients.jedis.Connection"), complaints.get(0));
    }

    @Test
    void nothingIsPreparedBeforeAClientIsLoaded() {
        List<String> prepared = new ArrayList<>();
        ClientTransformer transformer = new ClientTransformer(() -> prepared.add("now"), prepared::add);

        transformer.transform(getClass().getClassLoader(), "java/sql/Connection", null, null, new byte[0]);
        transformer.transform(
                getClass().getClassLoader(), "my/redis/clients/jedis/ConnectionPool", null, null, new byte[0]);
        assertEquals(List.of(), prepared);

        transformer.transform(
                getClass().getClassLoader(), "io/lettuce/core/cluster/RedisClusterClient", null, null, new byte[0]);
        assertEquals("now", prepared.get(0));
    }

    @Test
    void relocatedClientsAreFoundAsWell() {
        assertEquals(Target.JEDIS_CONNECTION, Target.of("com/acme/shaded/redis/clients/jedis/Connection"));
        assertNull(Target.of("xredis/clients/jedis/Connection"));
        assertNull(Target.of("redis/clients/jedis/Connection2"));
    }

    private Map<Object, Object> answering() {
        return new AbstractMap<>() {
            @Override
            public Object getOrDefault(Object question, Object value) {
                Object[] words = (Object[]) question;
                asked.add((String) words[0]);
                Stream.of(words).skip(2).map(WeaveTest::nameOf).forEach(asked::add);
                return answerTo((String) words[0], value);
            }

            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return Set.of();
            }
        };
    }

    private static String nameOf(Object word) {
        return word instanceof Integer ? word.toString() : word.getClass().getSimpleName();
    }

    private static Object answerTo(String question, Object value) {
        switch (question) {
            case "jedis.socket":
                return new Special();
            case "jedis.host":
                return "127.0.0.1";
            case "jedis.tls":
                return value instanceof Boolean ? Boolean.FALSE : null;
            default:
                return value;
        }
    }

    /** A socket that can be told from others. */
    private static final class Special extends Socket {}

    private static Object instance(Target target, Class<?> shape) throws Exception {
        byte[] code = Weave.of(target, codeOf(shape)).code();
        assertNotNull(code);
        return define(shape.getName(), code).getConstructor().newInstance();
    }

    private static Class<?> define(String name, byte[] code) throws Exception {
        ClassLoader loader = new ClassLoader(WeaveTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String asked, boolean resolve) throws ClassNotFoundException {
                boolean isOurs = asked.equals(name) && findLoadedClass(asked) == null;
                return isOurs ? defineClass(asked, code, 0, code.length) : super.loadClass(asked, resolve);
            }
        };
        return Class.forName(name, true, loader);
    }

    private static byte[] codeOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    private static Object run(Object object, String method) throws Exception {
        return object.getClass().getMethod(method).invoke(object);
    }

    private static Object field(Object object, String name) throws Exception {
        return object.getClass().getField(name).get(object);
    }

    private static List<String> members(Class<?> type) {
        return Stream.concat(Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
                .map(Object::toString)
                .sorted()
                .toList();
    }
}
