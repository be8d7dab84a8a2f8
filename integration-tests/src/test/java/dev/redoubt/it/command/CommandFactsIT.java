package dev.redoubt.it.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandReply;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.Keys;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.command.UpstreamCommand;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the built-in table says about Redis against a real Redis 7.0. */
class CommandFactsIT {
    private static PlainRedis redis;
    private static List<UpstreamCommand> live;
    private final CommandTable table = CommandTable.builtIn();

    @BeforeAll
    static void askRedis() throws IOException {
        redis = PlainRedis.start("7.0");
        live = parse(redis.call("COMMAND"));
    }

    @AfterAll
    static void stopRedis() throws IOException {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void arityFlagsAndKeysAreThoseOfRedis() {
        assertEquals(lines(facts(live)), lines(facts(table)));
    }

    @Test
    void mergingRedisItselfChangesNoFact() {
        CommandTable merged = table.merge(live);

        assertEquals(lines(facts(table)), lines(facts(merged)));
        List<String> offered = all(merged.specs()).stream()
                .filter(CommandSpec::isOffered)
                .map(CommandSpec::name)
                .toList();
        assertEquals(facts(table).keySet(), new TreeSet<>(offered));
    }

    @Test
    void resp3TellsTheSame() throws IOException {
        redis.call("HELLO 3");
        String reply = redis.call("COMMAND");
        redis.call("HELLO 2");

        assertEquals(lines(facts(live)), lines(facts(parse(reply))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET k",
                "DEL a b c",
                "MSET a 1 b 2",
                "MSET a 1 b",
                "BLPOP a b 0",
                "BITOP AND d a b",
                "LMOVE a b LEFT RIGHT",
                "OBJECT FREQ k",
                "XGROUP CREATE k g $",
                "MEMORY USAGE k",
                "EVAL s 2 a b x",
                "EVAL s 0 x",
                "FCALL f 1 k",
                "ZUNION 2 a b WITHSCORES",
                "ZUNIONSTORE d 2 a b WEIGHTS 1 2",
                "SINTERCARD 2 a b LIMIT 1",
                "LMPOP 2 a b LEFT",
                "BLMPOP 0 2 a b LEFT",
                "XREAD COUNT 1 STREAMS a b 0 0",
                "XREAD STREAMS streams 0",
                "XREADGROUP GROUP streams c STREAMS s >",
                "SORT k LIMIT 0 store STORE d",
                "SORT k LIMIT store 5",
                "SORT k STORE d STORE e",
                "SORT k GET store STORE d",
                "GEORADIUS k 1 2 3 m STORE d STOREDIST e",
                "GEORADIUSBYMEMBER k store 3 m STOREDIST d",
                "GEOSEARCHSTORE d k FROMMEMBER m BYRADIUS 1 m",
                "MIGRATE h 1 k 0 10",
                "MIGRATE h 1  0 10 KEYS a b",
                "MIGRATE h 1  0 10 COPY REPLACE AUTH keys KEYS a",
                "MIGRATE h 1  0 10 AUTH2 keys keys KEYS a keys"
            })
    void keysAreThoseOfCommandGetkeys(String words) throws IOException {
        byte[][] args = Arrays.stream(words.split(" ")).map(PlainRedis::bytes).toArray(byte[][]::new);
        int[] positions = Keys.of(table.find(args[0]), args);

        StringBuilder expected = new StringBuilder("*" + positions.length + "\r\n");
        for (int position : positions) {
            expected.append(
                    "$" + args[position].length + "\r\n" + new String(args[position], StandardCharsets.UTF_8) + "\r\n");
        }
        assertEquals(expected.toString(), redis.call("COMMAND GETKEYS " + words));
    }

    @Test
    void errorsAreThoseOfRedisByteForByte() throws IOException {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("CommandFactsIT: -Dredoubt.seed=" + seed);
        Random random = new Random(seed);
        List<CommandSpec> harmless = table.specs().stream()
                .filter(spec -> spec.route() == Route.SHARED && !spec.has(CommandFlag.ADMIN))
                .filter(spec -> spec.isProven() && !spec.name().equals("shutdown"))
                .toList();
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[][] args = randomCall(random, harmless);
            byte[] error = CommandErrors.check(table, args);
            String reply = redis.call(args);
            if (error != null) {
                assertEquals(new String(error, StandardCharsets.ISO_8859_1), reply);
                refused++;
            } else {
                assertTrue(!reply.startsWith("-ERR unknown command"), reply);
            }
        }
        assertTrue(refused > 1_000, "too few calls were refused to show anything: " + refused);
    }

    private static byte[][] randomCall(Random random, List<CommandSpec> commands) {
        byte[][] args = new byte[1 + random.nextInt(4)][];
        for (int i = 0; i < args.length; i++) {
            args[i] = new byte[random.nextInt(random.nextBoolean() ? 5 : 150)];
            random.nextBytes(args[i]);
        }
        if (random.nextBoolean()) {
            args[0] = PlainRedis.bytes(
                    commands.get(random.nextInt(commands.size())).name());
        }
        return args;
    }

    /** Facts of the table's rows of 7.0 and below. */
    private static TreeMap<String, String> facts(CommandTable table) {
        TreeMap<String, String> facts = new TreeMap<>();
        for (CommandSpec spec : all(table.specs())) {
            if (spec.isProven()) {
                List<String> flags = Arrays.stream(CommandFlag.values())
                        .filter(spec::has)
                        .map(CommandFlag::word)
                        .toList();
                facts.put(spec.name(), fact(spec.arity(), spec.firstKey(), spec.lastKey(), spec.keyStep(), flags));
            }
        }
        return facts;
    }

    private static TreeMap<String, String> facts(List<UpstreamCommand> commands) {
        TreeMap<String, String> facts = new TreeMap<>();
        for (UpstreamCommand command : commands) {
            String fact =
                    fact(command.arity(), command.firstKey(), command.lastKey(), command.keyStep(), command.flags());
            facts.put(command.name(), fact);
            facts.putAll(facts(command.subcommands()));
        }
        return facts;
    }

    private static String fact(int arity, int firstKey, int lastKey, int keyStep, List<String> flags) {
        return arity + " " + firstKey + " " + lastKey + " " + keyStep + " " + new TreeSet<>(flags);
    }

    private static List<UpstreamCommand> parse(String reply) {
        return CommandReply.parse(Unpooled.copiedBuffer(PlainRedis.bytes(reply)));
    }

    private static List<CommandSpec> all(Collection<CommandSpec> specs) {
        return specs.stream()
                .flatMap(spec -> Stream.concat(Stream.of(spec), spec.subcommands().stream()))
                .toList();
    }

    private static String lines(TreeMap<String, String> facts) {
        StringBuilder lines = new StringBuilder();
        facts.forEach(
                (name, fact) -> lines.append(name).append(' ').append(fact).append('\n'));
        return lines.toString();
    }
}
