package app.jedis;

import app.Lines;
import app.Place;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;

/** Ways to construct one. */
final class Shapes {
    private final Place place;
    private final Lines lines;

    Shapes(Place place, Lines lines) {
        this.place = place;
        this.lines = lines;
    }

    private interface Shape {
        Jedis construct(String host, int port) throws Throwable;
    }

    void run() {
        say("new", (host, port) -> new Jedis(host, port));
        say("constructor reference", Jedis::new);
        Supplier<Jedis> lambda = () -> new Jedis(place.host, place.port);
        say("captured by a lambda", (host, port) -> lambda.get());
        say("reflection", Shapes::byReflection);
        say("method handle", Shapes::byHandle);
        say("with a timeout", (host, port) -> new Jedis(host, port, 5_000));
        say("subclass", Chatty::new);
        say("subclass of a subclass", Chattier::new);
        say("anonymous subclass", (host, port) -> new Jedis(host, port) {
            @Override
            public String get(String key) {
                return "anonymous " + super.get(key);
            }
        });
        System.setProperty("app.host", place.host);
        System.setProperty("app.port", Integer.toString(place.port));
        say("static initialiser", (host, port) -> Holder.JEDIS);
        say("discarded", (host, port) -> {
            Discarded.construct(host, port);
            return new Jedis(host, port);
        });
        lines.say("shape: discarded had its say", () -> new Jedis(place.host, place.port).get("shape:chatty"));
    }

    private void say(String name, Shape shape) {
        lines.say("shape: " + name, () -> {
            Jedis jedis = construct(shape);
            jedis.set("shape:" + name, name);
            String value = jedis.get("shape:" + name);
            Era.close(jedis);
            return value;
        });
    }

    private Jedis construct(Shape shape) throws Exception {
        try {
            return shape.construct(place.host, place.port);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Jedis byReflection(String host, int port) throws ReflectiveOperationException {
        return (Jedis) Class.forName("redis.clients.jedis.Jedis")
                .getConstructor(String.class, int.class)
                .newInstance(host, port);
    }

    private static Jedis byHandle(String host, int port) throws Throwable {
        MethodType type = MethodType.methodType(void.class, String.class, int.class);
        return (Jedis)
                MethodHandles.publicLookup().findConstructor(Jedis.class, type).invoke(host, port);
    }

    /** Says something before its construction has ended. */
    static class Chatty extends Jedis {
        Chatty(String host, int port) {
            super(host, port);
            set("shape:chatty", "chatty");
        }
    }

    static final class Chattier extends Chatty {
        Chattier(String host, int port) {
            this(host, port, "chattier");
        }

        private Chattier(String host, int port, String text) {
            super(host, port);
            set("shape:chattier", text);
        }
    }

    private static final class Holder {
        static final Jedis JEDIS = new Jedis(System.getProperty("app.host"), Integer.getInteger("app.port"));
    }
}
