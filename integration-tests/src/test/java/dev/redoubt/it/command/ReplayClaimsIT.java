package dev.redoubt.it.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import dev.redoubt.proxy.command.Route;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs calls twice on a real Redis, also with another writer in between, and checks what their replay class claims. */
class ReplayClaimsIT {
    private static final CommandTable TABLE = CommandTable.builtIn();
    /** Claim nothing, or nothing that one server without a subscriber can show. */
    private static final Set<ReplayClass> NO_CLAIM =
            EnumSet.of(ReplayClass.PUBLISH, ReplayClass.UNIT, ReplayClass.ADMIN, ReplayClass.UNKNOWN);
    /** Needs a second server. */
    private static final Set<String> NOT_SHOWN = Set.of("migrate");

    private static PlainRedis redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = PlainRedis.start("7.0");
    }

    @AfterAll
    static void stopRedis() throws IOException {
        if (redis != null) {
            redis.close();
        }
    }

    static Stream<ReplayClaim> claims() {
        return ReplayClaim.all();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aSecondRunDoesWhatTheClassClaims(ReplayClaim claim) throws IOException {
        byte[][] call = prepare(claim);
        ReplayClass replayClass = Replays.replayClass(TABLE.find(call[0]), call);
        String before = state();
        String firstReply = redis.call(call);
        String afterFirst = state();
        for (List<String> other : claim.others()) {
            redis.call(args(other));
        }
        String afterOthers = state();
        String secondReply = redis.call(call);
        String afterSecond = state();

        switch (replayClass) {
            case READ, CURSOR -> {
                assertEquals(before, afterFirst, "a read must not change anything");
                assertEquals(before, afterSecond, "a read must not change anything");
                assertTrue(!claim.steady() || firstReply.equals(secondReply), firstReply + secondReply);
            }
            case LAST_WINS -> {
                assertTrue(!claim.others().isEmpty(), "the line must name another writer");
                assertEquals(afterFirst, afterSecond, "what others wrote must be overwritten altogether");
                assertTrue(
                        claim.call().get(0).equals("hset") || firstReply.equals(secondReply), firstReply + secondReply);
            }
            case CONVERGES_ALONE -> {
                if (claim.others().isEmpty()) {
                    assertEquals(afterFirst, afterSecond, "a second run must change nothing");
                } else {
                    assertNotEquals(afterOthers, afterSecond, "with another writer it must not be harmless");
                }
            }
            case DECISION, DESTRUCTIVE_READ ->
                assertNotEquals(firstReply, secondReply, "the reply must tell them apart");
            case ACCUMULATES -> assertNotEquals(afterOthers, afterSecond, "a second run must change something more");
            case PUBLISH, UNIT, ADMIN, UNKNOWN -> fail("claims nothing: " + replayClass);
        }
    }

    /** So that a row cannot be added, or a class changed, without a call that shows it. */
    @Test
    void everyProvenRowIsShown() {
        Set<String> shown = claims().map(ReplayClaimsIT::name).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> missing = new TreeSet<>();
        for (CommandSpec spec : TABLE.specs()) {
            Stream.concat(Stream.of(spec), spec.subcommands().stream())
                    .filter(row -> needsShowing(spec, row))
                    .map(CommandSpec::name)
                    .filter(name -> !shown.contains(name))
                    .forEach(missing::add);
        }

        assertEquals(NOT_SHOWN, missing);
    }

    private static boolean needsShowing(CommandSpec command, CommandSpec row) {
        boolean repeatable = row.route() == Route.SHARED || row.route() == Route.BLOCKING;
        boolean container = row.isContainer() && !row.name().equals("command");
        return repeatable && row.isProven() && !container && !NO_CLAIM.contains(simplestClass(command, row));
    }

    /** The class of a call with as few arguments as the arity allows; a rule makes at least some claim then. */
    private static ReplayClass simplestClass(CommandSpec command, CommandSpec row) {
        byte[][] args = new byte[Math.abs(row.arity())][];
        Arrays.fill(args, PlainRedis.bytes("x"));
        args[0] = PlainRedis.bytes(command.name());
        if (!row.equals(command)) {
            args[1] = PlainRedis.bytes(row.name().substring(command.name().length() + 1));
        }
        return Replays.replayClass(command, args);
    }

    private static String name(ReplayClaim claim) {
        byte[][] args = claim.call().stream().map(PlainRedis::bytes).toArray(byte[][]::new);
        return TABLE.find(args[0]).of(args).name();
    }

    private static byte[][] prepare(ReplayClaim claim) throws IOException {
        redis.call("FLUSHALL");
        redis.call("FUNCTION FLUSH");
        for (List<String> call : claim.setUp()) {
            redis.call(args(call));
        }
        return args(claim.call());
    }

    private static byte[][] args(List<String> words) throws IOException {
        byte[][] args = new byte[words.size()][];
        for (int i = 0; i < args.length; i++) {
            String word = words.get(i);
            args[i] = word.startsWith("dump(")
                    ? PlainRedis.bytes(bulk(redis.call("DUMP " + word.substring(5, word.length() - 1))))
                    : PlainRedis.bytes(word);
        }
        return args;
    }

    /** Digest of all databases and functions; streams by DUMP, since the digest leaves out their groups. */
    private static String state() throws IOException {
        StringBuilder state = new StringBuilder(redis.call("DEBUG DIGEST")).append(redis.call("FUNCTION DUMP"));
        for (String key : List.of("k", "l", "d")) {
            if (redis.call("TYPE " + key).equals("+stream\r\n")) {
                state.append(redis.call("DUMP " + key));
            }
            state.append(redis.call("PEXPIRETIME " + key).equals(":-1\r\n") ? " for ever" : " till then");
        }
        return state.toString();
    }

    private static String bulk(String frame) {
        return frame.substring(frame.indexOf('\n') + 1, frame.length() - 2);
    }
}
