package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    private final CommandTable table = CommandTable.builtIn();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            GET k                                                => SHARED
            SET k v EX 10                                        => SHARED
            PING                                                 => SHARED
            EVAL x 0                                             => SCRIPT
            DEBUG SLEEP 1                                        => SHARED
            SHUTDOWN NOSAVE                                      => SHARED
            FAILOVER                                             => SHARED
            SCAN 0                                               => CURSOR
            ZSCAN k 17                                           => CURSOR
            PUBLISH c m                                          => AUDIENCE
            PUBSUB NUMSUB c                                      => AUDIENCE
            PUBSUB CHANNELS                                      => SHARED
            HELLO 3                                              => SESSION
            AUTH p                                               => SESSION
            SELECT 1                                             => SESSION
            RESET                                                => SESSION
            QUIT                                                 => SESSION
            CLIENT ID                                            => SESSION
            client setname x                                     => SESSION
            CLIENT REPLY SKIP                                    => SESSION
            ACL SETUSER ann on                                   => USERS
            ACL WHOAMI                                           => SHARED
            CONFIG SET requirepass x                             => USERS
            CONFIG GET x                                         => SHARED
            KEYS *                                               => LARGE
            CLIENT KILL ID 3                                     => SESSION
            CLIENT NO-TOUCH ON                                   => SESSION
            CLIENT PAUSE 100                                     => SESSION
            CLIENT NOSUCH                                        => SESSION
            CLIENT                                               => SESSION
            CLIENT TRACKING ON                                   => TRACKING
            CLIENT TRACKINGINFO                                  => TRACKING
            CLIENT GETREDIR                                      => TRACKING
            CLIENT CACHING YES                                   => SHARED
            MONITOR                                              => MONITOR
            READONLY                                             => SHARED
            SCRIPT DEBUG YES                                     => DEDICATED
            MULTI                                                => TRANSACTION
            EXEC                                                 => TRANSACTION
            DISCARD                                              => TRANSACTION
            WATCH k                                              => WATCH
            UNWATCH                                              => WATCH
            BLPOP k 0                                            => BLOCKING
            BZMPOP 0 1 k MIN                                     => BLOCKING
            XREAD STREAMS s 0                                    => SHARED
            XREAD COUNT 2 STREAMS s 0                            => SHARED
            XREAD BLOCK 0 STREAMS s $                            => BLOCKING
            XREAD COUNT 2 block 0 streams s $                    => BLOCKING
            XREAD STREAMS block 0                                => SHARED
            XREADGROUP GROUP block c STREAMS s >                 => SHARED
            XREADGROUP GROUP g block STREAMS s >                 => SHARED
            XREADGROUP GROUP streams block BLOCK 0 STREAMS s >   => BLOCKING
            XREADGROUP GROUP g c COUNT 1 BLOCK 0 NOACK STREAMS s > => BLOCKING
            XREAD                                                => SHARED
            WAIT 1 0                                             => WAIT
            WAITAOF 1 0 0                                        => WAIT
            SUBSCRIBE c                                          => SUBSCRIBE
            PUNSUBSCRIBE                                         => SUBSCRIBE
            SCRIPT KILL                                          => KILL
            SCRIPT LOAD x                                        => SCRIPT
            FUNCTION KILL                                        => KILL
            FUNCTION STATS                                       => SHARED
            PSYNC ? -1                                           => REFUSED
            SYNC                                                 => REFUSED
            REPLCONF ACK 1                                       => REFUSED
            """)
    void routeOfACall(String call, Route expected) {
        byte[][] args = Words.args(call);
        CommandSpec spec = table.find(args[0]);

        assertEquals(expected, spec.route(args));
        assertTrue(spec.argumentsDecideRoute() || spec.route() == expected);
    }

    @Test
    void plainCommandsNeedNoLookAtTheirArguments() {
        assertFalse(table.find("get").argumentsDecideRoute());
        assertFalse(table.find("memory").argumentsDecideRoute());
        assertFalse(table.find("xgroup").argumentsDecideRoute());
        assertTrue(table.find("client").argumentsDecideRoute());
        assertTrue(table.find("xread").argumentsDecideRoute());
    }
}
