package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayClassTest {
    private final CommandTable table = CommandTable.builtIn();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            SET k v                                              => LAST_WINS
            SET k v EX 10                                        => LAST_WINS
            SET k v PXAT 99999999999999                          => LAST_WINS
            SET k v KEEPTTL                                      => CONVERGES_ALONE
            SET k v NX                                           => DECISION
            SET k v px 10 xx                                     => DECISION
            SET k v GET                                          => DESTRUCTIVE_READ
            SET k v NX GET EX 10                                 => DESTRUCTIVE_READ
            SET k v EX NX                                        => LAST_WINS
            SET k v EX                                           => LAST_WINS
            SET k v IFEQ w                                       => UNKNOWN
            SET k                                                => UNKNOWN
            GETEX k                                              => READ
            GETEX k PERSIST                                      => CONVERGES_ALONE
            GETEX k EX 10                                        => CONVERGES_ALONE
            GETEX k PXAT 1                                       => DESTRUCTIVE_READ
            GETEX k NEW                                          => UNKNOWN
            GETEX k EX 10 MORE                                   => UNKNOWN
            GETDEL k                                             => DESTRUCTIVE_READ
            GETSET k v                                           => DESTRUCTIVE_READ
            BITFIELD k                                           => READ
            BITFIELD k GET u8 0 get u8 8                         => READ
            BITFIELD k GET u8 0 SET u8 0 1                       => DESTRUCTIVE_READ
            BITFIELD k OVERFLOW SAT INCRBY u8 0 1                => ACCUMULATES
            BITFIELD k INCRBY u8 0 1 SET u8 0 1                  => DESTRUCTIVE_READ
            BITFIELD k GET u8 set                                => READ
            BITFIELD k NEW u8 0                                  => UNKNOWN
            EXPIRE k 10                                          => CONVERGES_ALONE
            PEXPIREAT k 10 GT                                    => DECISION
            EXPIRE k 10 nx                                       => DECISION
            EXPIRE k 10 NEW                                      => UNKNOWN
            RESTORE k 0 x                                        => DECISION
            RESTORE k 0 x REPLACE                                => LAST_WINS
            RESTORE k 0 x IDLETIME 3 ABSTTL replace              => LAST_WINS
            RESTORE k 0 x IDLETIME replace                       => DECISION
            RESTORE k 0 x REPLACE NEW                            => UNKNOWN
            SORT k BY w_*                                        => READ
            SORT k STORE d                                       => CONVERGES_ALONE
            SORT k STORE k                                       => ACCUMULATES
            SORT k BY w_* STORE d                                => ACCUMULATES
            SCAN 0 COUNT 10                                      => READ
            SCAN 17                                              => CURSOR
            HSCAN k 0                                            => READ
            ZSCAN k 3                                            => CURSOR
            LREM k 0 v                                           => CONVERGES_ALONE
            LREM k 1 v                                           => ACCUMULATES
            LREM k -2 v                                          => ACCUMULATES
            LTRIM k 0 99                                         => CONVERGES_ALONE
            LTRIM k -100 -1                                      => CONVERGES_ALONE
            LTRIM k 0 -1                                         => CONVERGES_ALONE
            LTRIM k -100 50                                      => CONVERGES_ALONE
            LTRIM k 1 -1                                         => ACCUMULATES
            LTRIM k 0 -2                                         => ACCUMULATES
            LTRIM k 2 5                                          => ACCUMULATES
            LTRIM k -3 -2                                        => ACCUMULATES
            LTRIM k a b                                          => ACCUMULATES
            ZREMRANGEBYRANK k 0 -101                             => CONVERGES_ALONE
            ZREMRANGEBYRANK k 100 -1                             => CONVERGES_ALONE
            ZREMRANGEBYRANK k 2 -3                               => CONVERGES_ALONE
            ZREMRANGEBYRANK k 0 0                                => ACCUMULATES
            ZREMRANGEBYRANK k -5 -1                              => ACCUMULATES
            ZADD k 1 m                                           => CONVERGES_ALONE
            ZADD k CH 1 nx                                       => CONVERGES_ALONE
            ZADD k NX 1 m                                        => DECISION
            ZADD k CH GT 1 m                                     => DECISION
            ZADD k XX INCR 1 m                                   => ACCUMULATES
            GEOADD k 1 2 m                                       => CONVERGES_ALONE
            GEOADD k CH XX 1 2 m                                 => DECISION
            SUNIONSTORE d a b                                    => CONVERGES_ALONE
            SUNIONSTORE d a d                                    => ACCUMULATES
            BITOP AND d a b                                      => CONVERGES_ALONE
            BITOP NOT d d                                        => ACCUMULATES
            ZUNIONSTORE d 2 a b                                  => CONVERGES_ALONE
            ZUNIONSTORE d 2 a d WEIGHTS 1 2                      => ACCUMULATES
            ZUNIONSTORE a 1 b WEIGHTS 1                          => CONVERGES_ALONE
            ZUNIONSTORE d 7 a b                                  => UNKNOWN
            ZRANGESTORE d s 0 -1                                 => CONVERGES_ALONE
            ZRANGESTORE s s 1 -1                                 => ACCUMULATES
            GEORADIUS k 1 2 3 m                                  => READ
            GEORADIUS k 1 2 3 m STORE d                          => CONVERGES_ALONE
            GEORADIUS k 1 2 3 m STORE d STOREDIST k              => ACCUMULATES
            GEORADIUSBYMEMBER k m 3 m                            => READ
            XADD s * f v                                         => ACCUMULATES
            XADD s 1-* f v                                       => ACCUMULATES
            XADD s 1-1 f v                                       => DECISION
            XADD s NOMKSTREAM MAXLEN ~ 10 LIMIT 5 1-1 f v        => DECISION
            XADD s MINID 3 5 f *                                 => DECISION
            XADD s MAXLEN = 3 * f v                              => ACCUMULATES
            XADD s KEEPREF * f v                                 => UNKNOWN
            XREAD STREAMS s $                                    => READ
            XREAD BLOCK 0 STREAMS s 1-1                          => READ
            XREAD BLOCK 0 STREAMS s t 0 $                        => DESTRUCTIVE_READ
            XREAD BLOCK 0 STREAMS $ 0                            => READ
            XREADGROUP GROUP g c STREAMS s >                     => DESTRUCTIVE_READ
            XREADGROUP GROUP g c COUNT 1 NOACK STREAMS s 0       => ACCUMULATES
            XREADGROUP GROUP g c STREAMS s t 0 >                 => DESTRUCTIVE_READ
            XREADGROUP GROUP g c CLAIM 5 STREAMS s >             => UNKNOWN
            XCLAIM s g c 0 1-1                                   => ACCUMULATES
            PUBLISH c m                                          => PUBLISH
            EVAL x 0                                             => UNIT
            EVAL_RO x 0                                          => READ
            EXEC                                                 => UNIT
            CONFIG GET x                                         => READ
            CONFIG SET x y                                       => ADMIN
            CONFIG NOSUCH x                                      => UNKNOWN
            ACL LOG                                              => READ
            ACL LOG reset                                        => ADMIN
            FUNCTION LOAD x                                      => DECISION
            FUNCTION LOAD REPLACE x                              => LAST_WINS
            SWAPDB 0 1                                           => ACCUMULATES
            FLUSHALL                                             => ADMIN
            HTTL k FIELDS 1 f                                    => UNKNOWN
            VCARD k                                              => UNKNOWN
            """)
    void replayClassOfACall(String call, ReplayClass expected) {
        byte[][] args = Words.args(call);

        assertEquals(expected, Replays.replayClass(table.find(args[0]), args));
    }
}
