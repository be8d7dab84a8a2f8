package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamMergeTest {
    private final CommandTable builtIn = CommandTable.builtIn();

    @Test
    void theUpstreamsArityAndFlagsWinAndOurTreatmentStays() {
        CommandSpec zrank = merge(command("zrank", -3, 1, 1, 1, "readonly")).find("zrank");

        assertEquals(-3, zrank.arity());
        assertTrue(zrank.has(CommandFlag.READONLY));
        assertFalse(zrank.has(CommandFlag.FAST));
        assertEquals(ReplayClass.READ, Replays.replayClass(zrank, Words.args("ZRANK k m WITHSCORE")));
        assertArrayEquals(new int[] {1}, Keys.of(zrank, Words.args("ZRANK k m")));
    }

    @Test
    void aCommandThatOnlyTheUpstreamHasIsForwardedAndNeverReplayed() {
        CommandSpec stranger = merge(command("json.set", -4, 1, 1, 1, "write", "denyoom", "new_flag"))
                .find("JSON.SET");

        assertEquals(Route.SHARED, stranger.route());
        assertEquals(Fallback.NONE, stranger.fallback());
        assertEquals(ReplayClass.UNKNOWN, Replays.replayClass(stranger, Words.args("JSON.SET k $ 1")));
        assertArrayEquals(new int[] {1}, Keys.of(stranger, Words.args("JSON.SET k $ 1")));
    }

    @Test
    void strangersWithoutKeyPositionsMayTouchAnything() {
        CommandTable table =
                merge(command("ft.search", -3, 0, 0, 0, "readonly"), command("m.any", -2, 0, 0, 0, "movablekeys"));

        assertNull(Keys.of(table.find("ft.search"), Words.args("FT.SEARCH i q")));
        assertNull(Keys.of(table.find("m.any"), Words.args("M.ANY 1 k")));
    }

    @Test
    void aStrangerThatBlocksIsLeased() {
        assertEquals(
                Route.BLOCKING,
                merge(command("m.bpop", 3, 1, 1, 1, "blocking")).find("m.bpop").route());
    }

    @Test
    void theUpstreamsKeyPositionsWin() {
        CommandTable table = merge(command("get", 3, 2, 2, 1, "readonly"), command("lcs", -3, 0, 0, 0, "movablekeys"));

        assertArrayEquals(new int[] {2}, Keys.of(table.find("get"), Words.args("GET a b")));
        assertNull(Keys.of(table.find("lcs"), Words.args("LCS a b")));
    }

    @Test
    void weKeepFindingMovableKeysOurWay() {
        CommandTable table = merge(command("zunionstore", -4, 0, 0, 0, "movablekeys"));

        assertArrayEquals(new int[] {1, 3}, Keys.of(table.find("zunionstore"), Words.args("ZUNIONSTORE d 1 a")));
    }

    @Test
    void whatTheUpstreamDoesNotHaveIsKeptButNotOffered() {
        CommandTable table = merge(command("get", 2, 1, 1, 1, "readonly"));

        assertTrue(table.isFromUpstream());
        assertTrue(table.find("get").isOffered());
        assertFalse(table.find("hello").isOffered());
        assertEquals(Route.SESSION, table.find("hello").route());
    }

    @Test
    void subcommandsOfTheUpstreamWinToo() {
        UpstreamCommand id = command("client|id", 7, 0, 0, 0);
        UpstreamCommand fresh = command("client|brand-new", 2, 0, 0, 0);
        CommandSpec client = merge(new UpstreamCommand("client", -2, List.of(), 0, 0, 0, List.of(id, fresh)))
                .find("client");

        assertEquals(7, client.subcommand(Words.bytes("ID")).arity());
        assertEquals(Route.SESSION, client.route(Words.args("CLIENT ID")));
        assertEquals(Route.SHARED, client.route(Words.args("CLIENT BRAND-NEW")));
        assertEquals(ReplayClass.UNKNOWN, Replays.replayClass(client, Words.args("CLIENT BRAND-NEW")));
        assertFalse(client.subcommand(Words.bytes("kill")).isOffered());
    }

    @Test
    void anUpstreamThatTellsNoSubcommandsLeavesOurs() {
        CommandSpec object = merge(command("object", -2, 2, 2, 1, "readonly")).find("object");

        assertTrue(object.subcommand(Words.bytes("freq")).isOffered());
        assertArrayEquals(new int[] {2}, Keys.of(object, Words.args("OBJECT FREQ k")));
    }

    private CommandTable merge(UpstreamCommand... commands) {
        return builtIn.merge(List.of(commands));
    }

    private static UpstreamCommand command(String name, int arity, int first, int last, int step, String... flags) {
        return new UpstreamCommand(name, arity, List.of(flags), first, last, step, List.of());
    }
}
