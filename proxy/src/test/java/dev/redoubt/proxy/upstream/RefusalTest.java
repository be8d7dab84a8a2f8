package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private static ByteBuf line(String error) {
        return Unpooled.copiedBuffer(error + "\r\n", StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LOADING Redis is loading the dataset in memory                        | LOADING
        MASTERDOWN Link with MASTER is down                                   | ORPHANED
        READONLY You can't write against a read only replica.                 | REPLICA
        CLUSTERDOWN Hash slot not served                                      | PASSING
        TRYAGAIN Multiple keys request during rehashing of slot               | PASSING
        NOREPLICAS Not enough good replicas to write.                         | PASSING
        BUSY Redis is busy running a script. You can only call SCRIPT KILL    | BUSY
        BUSY                                                                  | BUSY
        NOSCRIPT No matching script. Please use EVAL.                         | NO_SCRIPT
        NOAUTH Authentication required.                                       | NO_USER
        UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?) | DEMOTED
        UNBLOCKED client unblocked via CLIENT UNBLOCK                         | NONE
        BUSYGROUP Consumer Group name already exists                          | NONE
        BUSYKEY Target key name already exists.                               | NONE
        OOM command not allowed when used memory > 'maxmemory'.               | NONE
        MISCONF Redis is configured to save RDB snapshots                     | NONE
        NOPERM this user has no permissions to run the 'get' command          | NONE
        WRONGTYPE Operation against a key holding the wrong kind of value     | NONE
        ERR READONLY                                                          | NONE
        """)
    void firstWordCountsAsAWhole(String error, Refusal expected) {
        ByteBuf in = line(error);

        assertEquals(expected, Refusal.of(in, 0, in.writerIndex()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        EXECABORT Transaction discarded because of: READONLY You can't write | NONE    | REPLICA
        EXECABORT Transaction discarded because of: OOM command not allowed  | PASSING | NONE
        EXECABORT Transaction discarded because of previous errors.          | PASSING | PASSING
        EXECABORT Transaction discarded because of previous errors.          | NONE    | NONE
        ERR EXEC without MULTI                                               | PASSING | NONE
        """)
    void transactionIsRefusedForWhatItsErrorNamesOrForAllThatCameBefore(
            String error, Refusal queueing, Refusal expected) {
        ByteBuf in = line(error);

        assertEquals(expected, Refusal.ofExec(in, 0, in.writerIndex(), queueing));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE. | true
        BUSY Valkey is busy running a script. You can only call SCRIPT KILL                    | true
        LOADING Redis is loading the dataset in memory                                         | true
        READONLY You can not run script with write flag on readonly replica.                   | true
        READONLY You can't write against a read only replica. script: 0c1e, on @user_script:1. | false
        READONLY You can't write against a read only replica.                                  | false
        NOREPLICAS Not enough good replicas to write.                                          | false
        """)
    void onlySomeTextsProveThatAScriptHasNotStarted(String error, boolean proves) {
        ByteBuf in = line(error);

        assertEquals(proves, Refusal.isBeforeAnyScript(in, 0, in.writerIndex()));
    }

    @ParameterizedTest
    @CsvSource({"PASSING,NONE,NONE", "NONE,REPLICA,NONE", "PASSING,PASSING,PASSING", "PASSING,REPLICA,REPLICA"})
    void allErrorsOfATransactionMustBeRefusals(Refusal one, Refusal other, Refusal expected) {
        assertEquals(expected, one.and(other));
    }
}
