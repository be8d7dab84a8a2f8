package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private final CommandTable table = CommandTable.builtIn();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            GET k                                                => [1]
            DEL a b c                                            => [1, 2, 3]
            MSET a 1 b 2                                         => [1, 3]
            MSETNX a 1 b                                         => [1, 3]
            BLPOP a b 0                                          => [1, 2]
            LMOVE a b LEFT RIGHT                                 => [1, 2]
            BITOP AND d a b                                      => [2, 3, 4]
            LCS a b                                              => [1, 2]
            PFMERGE d                                            => [1]
            OBJECT FREQ k                                        => [2]
            XGROUP CREATE k g $                                  => [2]
            XINFO STREAM k                                       => [2]
            MEMORY USAGE k                                       => [2]
            PING                                                 => []
            PUBLISH c m                                          => []
            SPUBLISH c m                                         => []
            SSUBSCRIBE c d                                       => []
            CONFIG GET maxmemory                                 => []
            KEYS *                                               => null
            SCAN 0                                               => null
            FLUSHALL                                             => null
            DBSIZE                                               => null
            GET                                                  => null
            LMOVE a                                              => null
            EVAL s 2 a b x                                       => [3, 4]
            EVAL s 0 x                                           => []
            EVAL s 3 a b                                         => null
            EVAL s -1 a b                                        => null
            EVAL s two a b                                       => null
            FCALL f 1 k                                          => [3]
            EVALSHA_RO s 1 k                                     => [3]
            ZUNION 2 a b WITHSCORES                              => [2, 3]
            ZUNIONSTORE d 2 a b WEIGHTS 1 2                      => [1, 3, 4]
            ZUNIONSTORE d 9 a b                                  => null
            ZUNIONSTORE d 9223372036854775807 a b                => null
            SINTERCARD 2 a b LIMIT 1                             => [2, 3]
            LMPOP 2 a b LEFT                                     => [2, 3]
            BLMPOP 0 2 a b LEFT                                  => [3, 4]
            BZMPOP 0 1 a MIN                                     => [3]
            XREAD COUNT 1 STREAMS a b 0 0                        => [4, 5]
            XREAD STREAMS streams 0                              => [2]
            XREAD STREAMS a b 0                                  => null
            XREAD STREAMS                                        => null
            XREADGROUP GROUP streams c STREAMS s >               => [5]
            SORT k                                               => [1]
            SORT k LIMIT 0 store STORE d                         => [1, 6]
            SORT k LIMIT store 5                                 => [1]
            SORT k STORE d STORE e                               => [1, 5]
            SORT k BY nosort GET # STORE d                       => [1, 7]
            SORT k BY w_*                                        => null
            SORT_RO k GET o_*                                    => null
            SORT k GET store STORE d                             => [1, 5]
            GEORADIUS k 1 2 3 m                                  => [1]
            GEORADIUS k 1 2 3 m STORE d                          => [1, 7]
            GEORADIUS k 1 2 3 m STORE d STOREDIST e              => [1, 7, 9]
            GEORADIUSBYMEMBER k store 3 m STOREDIST d            => [1, 6]
            GEOSEARCHSTORE d k FROMMEMBER m BYRADIUS 1 m         => [1, 2]
            MIGRATE h 1 k 0 10                                   => [3]
            MIGRATE h 1 '' 0 10 KEYS a b                         => [7, 8]
            MIGRATE h 1 '' 0 10 COPY REPLACE AUTH keys KEYS a    => [11]
            MIGRATE h 1 '' 0 10 AUTH2 keys keys KEYS a keys      => [10, 11]
            MIGRATE h 1 '' 0 10                                  => null
            MIGRATE h 1 '' 0 10 KEYS                             => null
            MSETEX 2 a 1 b 2 EX 10                               => [2, 4]
            """)
    void keysOfACall(String call, String expected) {
        byte[][] args = Words.args(call);

        assertEquals(expected, Arrays.toString(Keys.of(table.find(args[0]), args)));
    }
}
