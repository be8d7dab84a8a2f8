package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgedExpiryTest {
    private static String aged(String command, long ageMillis) {
        byte[][] args = Arrays.stream(command.split(" "))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        byte[][] aged = AgedExpiry.aged(args, ageMillis);
        return aged == null
                ? "as it is"
                : Arrays.stream(aged)
                        .map(word -> new String(word, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SET k v EX 10       | 8000  | SET k v PX 2000
        set k v nx ex 10    | 1     | set k v nx PX 9999
        SET k v PX 500 GET  | 100   | SET k v PX 400 GET
        SET k ex EX 10      | 1000  | SET k ex PX 9000
        SET k v EX 10       | 10000 | SET k v PX 1
        SET k v NX PX 5     | 99    | SET k v NX PX 1
        SETEX k 10 v        | 8000  | PSETEX k 2000 v
        SETEX k 10 v        | 11000 | PSETEX k 1 v
        PSETEX k 10000 v    | 1     | PSETEX k 9999 v
        EXPIRE k 10         | 8000  | PEXPIRE k 2000
        EXPIRE k 10 NX      | 10000 | PEXPIRE k 0 NX
        PEXPIRE k 10        | 3     | PEXPIRE k 7
        GETEX k EX 10       | 8000  | GETEX k PX 2000
        SET k v EX 10       | 0     | as it is
        SET k v             | 8000  | as it is
        SET k v KEEPTTL     | 8000  | as it is
        SET k v EXAT 99     | 8000  | as it is
        SET k v EX          | 8000  | as it is
        SET k v EX x        | 8000  | as it is
        SET k v EX 0        | 8000  | as it is
        SETEX k -1 v        | 8000  | as it is
        EXPIRE k -1         | 8000  | as it is
        EXPIREAT k 99       | 8000  | as it is
        GETEX k PERSIST     | 8000  | as it is
        SETEX k 10          | 8000  | as it is
        SET k v EX 9223372036854775807 | 8000 | as it is
        """)
    void timeThatRemains(String command, long ageMillis, String expected) {
        assertEquals(expected, aged(command, ageMillis));
    }
}
