package app.lettuce;

import app.CommonSteps;
import app.Lines;
import app.Place;
import app.Steps;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lettuce from 5 on. */
public final class LettuceSteps implements Steps {
    @Override
    public Object unclosed(Place place, int count) {
        List<RedisClient> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RedisClient client = RedisClient.create(place.uri());
            all.add(client);
            client.connect().sync().set("unclosed", "value " + i);
        }
        return all;
    }

    @Override
    public void all(Place place, Lines lines) throws Exception {
        RedisClient client = RedisClient.create(place.uri());
        try {
            new CommonSteps("lettuce", place, lines, anywhere -> new LettuceClient(client)).run();
            lines.say("lettuce: reactive", () -> {
                try (StatefulRedisConnection<String, String> connection = client.connect()) {
                    return Era.reactive(connection, "lettuce:reactive");
                }
            });
        } finally {
            client.shutdown(0, 0, TimeUnit.SECONDS);
        }
        shapes(place, lines);
    }

    @Override
    public void refused(Place place, Lines lines) {
        RedisClient client = RedisClient.create(place.uri());
        try {
            new CommonSteps("lettuce", place, lines, anywhere -> new LettuceClient(client)).refused();
        } finally {
            client.shutdown(0, 0, TimeUnit.SECONDS);
        }
    }

    private interface Shape {
        RedisClient construct() throws Exception;
    }

    private static void shapes(Place place, Lines lines) {
        RedisURI uri = RedisURI.create(place.host, place.port);
        ClientResources resources = DefaultClientResources.create();
        say(lines, "a URI", () -> RedisClient.create(uri));
        say(lines, "shared resources", () -> RedisClient.create(resources, uri));
        say(lines, "subclass", () -> new Own(resources, uri));
        say(lines, "anonymous subclass", () -> new RedisClient(resources, uri) {});
        say(lines, "reflection", () -> (RedisClient)
                RedisClient.class.getMethod("create", String.class).invoke(null, place.uri()));
        say(lines, "its own options", () -> {
            RedisClient client = RedisClient.create(uri);
            client.setOptions(ClientOptions.builder().autoReconnect(false).build());
            return client;
        });
        lines.say("shape: connect to a URI", () -> {
            RedisClient client = RedisClient.create(resources);
            try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
                return connection.sync().set("shape", "uri") + connection.sync().get("shape");
            } finally {
                client.shutdown(0, 0, TimeUnit.SECONDS);
            }
        });
        lines.say("shape: the application's URI is as it was", () -> uri.getHost() + (uri.getPort() == place.port));
        resources.shutdown(0, 0, TimeUnit.SECONDS);
    }

    private static void say(Lines lines, String name, Shape shape) {
        lines.say("shape: " + name, () -> {
            RedisClient client = shape.construct();
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                return connection.sync().set("shape", name) + connection.sync().get("shape");
            } finally {
                client.shutdown(0, 0, TimeUnit.SECONDS);
            }
        });
    }

    private static final class Own extends RedisClient {
        Own(ClientResources resources, RedisURI uri) {
            super(resources, uri);
        }
    }
}
